import type { HistoryPage, HistoryQuery, Missed } from '../../protocol/history/history.ts';
import type { CallId, UserId } from '../../protocol/ids.ts';

/**
 * People's histories of calls, each person's own: what one deletes stays with the other. Entries come
 * in with the call's end (`CallRecords.save`) and leave by their owner's wish or by age.
 */
export interface HistoryStore {
  /** @throws Refused `bad-request` when the cursor is not one of ours. */
  page(userId: UserId, query: HistoryQuery): Promise<HistoryPage>;
  missed(userId: UserId): Promise<Missed>;
  /** The person has looked; whether there was anything new to see. */
  see(userId: UserId): Promise<boolean>;
  /** Whether there was such an entry. */
  remove(userId: UserId, callId: CallId): Promise<boolean>;
  /** Removes the whole history of a person; whether there was any. */
  clear(userId: UserId): Promise<boolean>;
  /** Removes everybody's entries of calls placed before `time` (epoch milliseconds); answers how many. */
  removeBefore(time: number): Promise<number>;
}
