import type { Check } from './check.ts';

interface Interval {
  readonly callId: string;
  readonly from: number;
  readonly until: number;
}

/**
 * Nobody is in two calls. A person is certainly in a call from the moment when the server tells a phone so
 * until the recorded end, whose time is taken before the lock is released.
 */
export const oneCallAtATime: Check = ({ held, database }) => {
  const ends = new Map(database.calls.map(({ callId, endedAt }) => [callId, endedAt ?? Infinity]));
  const byPerson = new Map<string, Map<string, Interval>>();
  for (const { userId, callId, at } of held) {
    const calls = byPerson.get(userId) ?? new Map<string, Interval>();
    byPerson.set(userId, calls);
    const from = Math.min(at, calls.get(callId)?.from ?? Infinity);
    calls.set(callId, { callId, from, until: ends.get(callId) ?? Infinity });
  }
  return [...byPerson].flatMap(([userId, calls]) => {
    const inOrder = [...calls.values()]
      .filter(({ from, until }) => from < until)
      .sort((a, b) => a.from - b.from);
    let last: Interval | null = null;
    const findings: string[] = [];
    for (const call of inOrder) {
      if (last && call.from < last.until)
        findings.push(`${userId} was in ${last.callId} and in ${call.callId} at the same time`);
      if (!last || call.until > last.until) last = call;
    }
    return findings;
  });
};
