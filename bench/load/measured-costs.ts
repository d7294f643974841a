import type { Costs } from './capacity.ts';

// From docs/scaling.md, which says how each figure was measured, and which figures are rough.

/** One process with SQLite and live state in its memory. */
export const ONE_PROCESS: Costs = {
  processMemory: 165e6,
  personMemory: 44.5e3,
  idleCpu: 6.4e-6,
  callCpu: 2.2e-3,
  choiceCpu: 1.9e-3,
  deltaCpu: 5.6e-6,
  signInCpu: 3.3e-3,
  redisCallCpu: 0,
  postgresCallCpu: 0,
};

/** Several nodes on Redis and PostgreSQL, with the two people of a call on different nodes. Rough figures. */
export const SEVERAL_NODES: Costs = {
  ...ONE_PROCESS,
  callCpu: 7.9e-3,
  redisCallCpu: 1.1e-3,
  postgresCallCpu: 1.9e-3,
};
