/** What people do. */
export interface Workload {
  /** Online at the same time, one device each. */
  readonly people: number;
  /** Of each, all of them online: the worst case. */
  readonly contacts: number;
  /** Calls that each places in a day. */
  readonly callsADay: number;
  /** Changes of status of each, beside those that calls make. */
  readonly changesAnHour: number;
}

/** What things cost, measured. Processor time in seconds of one core, memory in bytes. */
export interface Costs {
  /** Of a process with nobody connected. */
  readonly processMemory: number;
  readonly personMemory: number;
  /** Heartbeats of one person, a second. */
  readonly idleCpu: number;
  /** A whole call, but for telling contacts of its four changes of status. */
  readonly callCpu: number;
  /** A status that somebody chooses, without telling anybody. */
  readonly choiceCpu: number;
  /** Telling one contact of a change. */
  readonly deltaCpu: number;
  /** One sign-in with its list. */
  readonly signInCpu: number;
  /** Of Redis and of PostgreSQL, for one call; 0: there is none. */
  readonly redisCallCpu: number;
  readonly postgresCallCpu: number;
}

/** What it takes in the busiest hour. Cores are cores fully used: twice as many keep waiting short. */
export interface Demand {
  readonly calls: number;
  readonly changes: number;
  /** Deltas of presence sent. */
  readonly deltas: number;
  readonly cores: number;
  readonly memory: number;
  readonly redisCores: number;
  readonly postgresCores: number;
  /** Seconds until all are back when every server starts anew, with as many cores as `nodes`. */
  readonly backAfter: (nodes: number) => number;
}

/** The share of a day's calls that the busiest hour has. */
const BUSIEST_HOUR = 0.15;
/** Two people, in a call and out of it. */
const CHANGES_A_CALL = 4;

/** What a workload takes, all numbers a second but where they say otherwise. */
export const demandOf = (workload: Workload, costs: Costs): Demand => {
  const { people, contacts } = workload;
  const calls = (people * workload.callsADay * BUSIEST_HOUR) / 3600;
  const choices = (people * workload.changesAnHour) / 3600;
  const changes = choices + calls * CHANGES_A_CALL;
  const deltas = changes * contacts;
  return {
    calls,
    changes,
    deltas,
    cores:
      people * costs.idleCpu + calls * costs.callCpu + choices * costs.choiceCpu + deltas * costs.deltaCpu,
    memory: costs.processMemory + people * costs.personMemory,
    redisCores: calls * costs.redisCallCpu,
    postgresCores: calls * costs.postgresCallCpu,
    backAfter: (nodes) => (people * costs.signInCpu) / nodes,
  };
};
