import type { HistoryCursor } from '../../protocol/history/history.ts';
import type { CallId } from '../../protocol/ids.ts';
import { callIdSchema } from '../../protocol/ids.ts';
import { Refused } from '../refused.ts';

/** A place in a history: right after the entry of this call. */
export interface Place {
  /** Epoch milliseconds. */
  placedAt: number;
  callId: CallId;
}

export const toCursor = ({ placedAt, callId }: Place): HistoryCursor => `${placedAt.toString(36)}.${callId}`;

/** @throws Refused `bad-request` for what `toCursor` has not made. */
export const fromCursor = (cursor: HistoryCursor): Place => {
  const [, time = '', id] = /^([0-9a-z]{1,10})\.(.+)$/.exec(cursor) ?? [];
  const placedAt = Number.parseInt(time, 36);
  const callId = callIdSchema.safeParse(id);
  if (!Number.isSafeInteger(placedAt) || !callId.success) throw new Refused('bad-request');
  return { placedAt, callId: callId.data };
};
