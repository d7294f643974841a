import type { Evidence } from '../evidence.ts';
import { backOnline } from './back-online.ts';
import { branchesReached } from './branches-reached.ts';
import type { Check } from './check.ts';
import { endedOnce } from './ended-once.ts';
import { nothingLeft } from './nothing-left.ts';
import { nothingLost } from './nothing-lost.ts';
import { oneCallAtATime } from './one-call-at-a-time.ts';
import { runningCalls } from './running-calls.ts';
import { sameReason } from './same-reason.ts';
import { withoutRedis } from './without-redis.ts';

const CHECKS: Readonly<Record<string, Check>> = {
  'nobody is in two calls': oneCallAtATime,
  'every call ends once': endedOnce,
  'with the same reason on both sides': sameReason,
  'no lock and no "In a call" is left': nothingLeft,
  'nothing that was acknowledged is lost': nothingLost,
  'running calls outlive every fault': runningCalls,
  'without Redis, what can go on goes on': withoutRedis,
  'everybody is online again in time': backOnline,
  'what is said fits the contract': ({ violations }) => [...violations],
  'every branch was reached': branchesReached,
};

/** The violations that each check found; empty lists if there are none. */
export const checkEvidence = (evidence: Evidence): { check: string; findings: string[] }[] =>
  Object.entries(CHECKS).map(([check, look]) => ({ check, findings: look(evidence) }));
