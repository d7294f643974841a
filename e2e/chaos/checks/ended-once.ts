import type { CallRow } from '../evidence.ts';
import type { Check } from './check.ts';

const entriesDue = ({ callerId, calleeId, traceless }: CallRow): string[] =>
  traceless ? [callerId] : [callerId, calleeId];

/** Every call has ended, and is exactly once in the history of each person who may know of it. */
export const endedOnce: Check = ({ database }) => {
  const entries = new Map<string, number>();
  for (const { userId, callId } of database.history) {
    const key = `${callId} of ${userId}`;
    entries.set(key, (entries.get(key) ?? 0) + 1);
  }
  const findings = database.calls.flatMap((call) => {
    if (call.state !== 'ended') return [`${call.callId} is ${call.state} for ever`];
    return entriesDue(call).flatMap((userId) => {
      const count = entries.get(`${call.callId} of ${userId}`) ?? 0;
      return count === 1 ? [] : [`${call.callId} ended ${String(count)} times in the history of ${userId}`];
    });
  });
  const due = new Set(
    database.calls.flatMap((call) => entriesDue(call).map((who) => `${call.callId} of ${who}`)),
  );
  const strays = [...entries.keys()].filter((key) => !due.has(key));
  return [...findings, ...strays.map((key) => `the history has ${key}, which is nobody’s`)];
};
