import { FAULT_KINDS } from '../evidence.ts';
import type { Check } from './check.ts';

/** Each fault was caused while calls were up, and the calls that nobody ended went on after it. */
export const runningCalls: Check = ({ faults, runningCalls: calls }) => [
  ...FAULT_KINDS.filter((kind) => !faults.some((fault) => fault.kind === kind)).map(
    (kind) => `${kind}: was not caused`,
  ),
  ...FAULT_KINDS.filter((kind) => !calls.some(({ fault }) => fault === kind)).map(
    (kind) => `${kind}: no call was up that could have been lost`,
  ),
  ...calls
    .filter(({ after }) => after.length !== 2 || after.some((state) => state !== 'active'))
    .map(({ callId, fault, after }) => `${fault}: ${callId} is ${after.join(' and ')} after it`),
];
