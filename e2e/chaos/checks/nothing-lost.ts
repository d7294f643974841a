import type { Check } from './check.ts';

const countOf = <T>(items: readonly T[], key: (item: T) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
};

/**
 * Everything acknowledged is kept: messages as they were sent, calls, and every history entry that was ever
 * shown.
 */
export const nothingLost: Check = ({ sent, invites, acknowledgedEnds, seenEntries, database }) => {
  const messages = new Map(database.messages.map((message) => [message.id, message]));
  const lostMessages = sent.flatMap((message) => {
    const kept = messages.get(message.id);
    if (!kept) return [`message ${message.id} was acknowledged and is lost`];
    const same =
      kept.from === message.from &&
      kept.to === message.to &&
      kept.text === message.text &&
      kept.at === message.at;
    return same ? [] : [`message ${message.id} is not kept as it was acknowledged`];
  });
  const twice = [...countOf(database.messages, ({ id }) => id)].filter(([, count]) => count > 1);
  const calls = new Map(database.calls.map((call) => [call.callId, call]));
  const placed = invites.filter(({ code, callId }) => code === 'ok' && !calls.has(callId));
  const ended = acknowledgedEnds.filter(
    (callId) => calls.has(callId) && calls.get(callId)?.state !== 'ended',
  );
  const history = new Map(
    database.history.map((entry) => [`${entry.callId} of ${entry.userId}`, entry.reason]),
  );
  const lostEntries = new Set(
    seenEntries.flatMap(({ userId, callId, reason }) => {
      const kept = history.get(`${callId} of ${userId}`);
      if (kept === undefined)
        return [`${callId} is no longer in the history of ${userId}, who has seen it there`];
      return kept === reason
        ? []
        : [`${callId} was ${reason} in the history of ${userId}, and is ${kept} now`];
    }),
  );
  return [
    ...lostMessages,
    ...twice.map(([id]) => `message ${id} is kept twice`),
    ...placed.map(({ callId }) => `call ${callId} was acknowledged and is on no record`),
    ...ended.map((callId) => `the end of ${callId} was acknowledged and is not on record`),
    ...lostEntries,
  ];
};
