/** How many people there are, and what they do. */
export interface Workload {
  /** People online at the same time, with one device each. */
  readonly people: number;
  /** Contacts of each person. All are online, which is the worst case. */
  readonly contacts: number;
  /** Calls that each person places in a day. */
  readonly callsADay: number;
  /** Changes of status that each person makes an hour, without those that calls cause. */
  readonly changesAnHour: number;
}

/** The measured costs: processor time in seconds of one core, memory in bytes. */
export interface Costs {
  /** Memory of a process with nobody connected. */
  readonly processMemory: number;
  readonly personMemory: number;
  /** The heartbeats of one person, for one second. */
  readonly idleCpu: number;
  /** A whole call, without telling contacts of its four changes of status. */
  readonly callCpu: number;
  /** A status that somebody chooses, without telling anybody. */
  readonly choiceCpu: number;
  /** Telling one contact of a change. */
  readonly deltaCpu: number;
  /** One sign-in with its list. */
  readonly signInCpu: number;
  /** Processor time of Redis and of PostgreSQL for one call; 0 without them. */
  readonly redisCallCpu: number;
  readonly postgresCallCpu: number;
}

/**
 * The resources needed in the busiest hour. The model counts cores as fully used; twice as many keep waiting times
 * short.
 */
export interface Demand {
  readonly calls: number;
  readonly changes: number;
  /** Deltas of presence sent. */
  readonly deltas: number;
  readonly cores: number;
  readonly memory: number;
  readonly redisCores: number;
  readonly postgresCores: number;
  /** Seconds until everybody is back after all servers have restarted, with as many cores as `nodes`. */
  readonly backAfter: (nodes: number) => number;
}

/** The share of a day's calls that falls into the busiest hour. */
const BUSIEST_HOUR = 0.15;
/** The two people of a call change their status when it begins and when it ends. */
const CHANGES_A_CALL = 4;

/** The resources that a workload needs; numbers are per second unless their names say otherwise. */
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
