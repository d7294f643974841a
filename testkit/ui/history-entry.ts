import type { HistoryEntry } from '../../protocol/history/history.ts';

/** A call in somebody's history that they missed, for tests. */
export const historyEntry = (displayName: string, placedAt = 0, callId = 'call-1'): HistoryEntry => ({
  callId,
  person: { userId: `user-${displayName}`, username: displayName.toLowerCase(), displayName },
  direction: 'incoming',
  media: 'audio',
  reason: 'no-answer',
  placedAt,
  duration: null,
});
