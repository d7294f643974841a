import type { Kysely, Selectable } from 'kysely';
import type { HistoryEntry } from '../../../protocol/history/history.ts';
import type { UserId } from '../../../protocol/ids.ts';
import { LIMITS } from '../../../protocol/limits.ts';
import type { CallRecord } from '../../calls/call-record.ts';
import { fromCursor, toCursor } from '../../history/cursor.ts';
import { entriesOf } from '../../history/entries-of.ts';
import type { HistoryStore } from '../../history/history-store.ts';
import { shownName } from '../people/shown-profiles.ts';
import type { AccountTable, HistoryTable, Tables } from '../tables.ts';

type EntryRow = Selectable<Omit<HistoryTable, 'user_id' | 'unseen'>> &
  Pick<Selectable<AccountTable>, 'username' | 'deleted_at'> & { displayName: string };

const fromRow = (row: EntryRow): HistoryEntry => ({
  callId: row.call_id,
  person:
    row.deleted_at === null
      ? { userId: row.other_id, username: row.username, displayName: row.displayName }
      : null,
  direction: row.direction,
  media: row.media,
  reason: row.reason,
  placedAt: row.placed_at,
  duration: row.duration,
});

/** Deletes all but the newest entries that may be kept. */
const cutDown = async (transaction: Kysely<Tables>, userId: UserId, entries: number): Promise<void> => {
  await transaction
    .deleteFrom('history')
    .where('user_id', '=', userId)
    .where('placed_at', '<=', (build) =>
      build
        .selectFrom('history as kept')
        .select('kept.placed_at')
        .where('kept.user_id', '=', userId)
        .orderBy('kept.placed_at', 'desc')
        .orderBy('kept.call_id', 'desc')
        .limit(1)
        .offset(entries),
    )
    .execute();
};

/**
 * Adds a call that ended to the histories that it belongs to. Call it only once, in the transaction that ends
 * the call.
 */
export const addToHistories = async (
  transaction: Kysely<Tables>,
  record: CallRecord,
  historyEntries: number,
): Promise<void> => {
  const living = await transaction
    .selectFrom('accounts')
    .select('user_id')
    .where('user_id', 'in', [record.callerId, record.calleeId])
    .where('deleted_at', 'is', null)
    .execute();
  // Somebody who deletes the account during a call must not get a new entry when the call ends.
  const entries = entriesOf(record).filter(({ userId }) => living.some((row) => row.user_id === userId));
  if (entries.length === 0) return;
  await transaction
    .insertInto('history')
    .values(
      entries.map((entry) => ({
        user_id: entry.userId,
        other_id: entry.otherId,
        call_id: entry.callId,
        direction: entry.direction,
        media: entry.media,
        reason: entry.reason,
        placed_at: entry.placedAt,
        duration: entry.duration,
        unseen: entry.unseen ? 1 : 0,
      })),
    )
    .execute();
  for (const { userId } of entries) await cutDown(transaction, userId, historyEntries);
};

/** Histories in an SQL database. Names are read from the accounts, as they are shown to the history's owner. */
export const createSqlHistoryStore = (db: Kysely<Tables>): HistoryStore => {
  const newestFirst = (userId: UserId) =>
    db
      .selectFrom('history')
      .innerJoin('accounts', 'accounts.user_id', 'history.other_id')
      .leftJoin('held_profiles as held', 'held.user_id', 'history.other_id')
      .leftJoin('frozen_profiles as frozen', (join) =>
        join
          .onRef('frozen.viewer_id', '=', 'history.user_id')
          .onRef('frozen.person_id', '=', 'history.other_id'),
      )
      .select([
        'history.other_id',
        'history.call_id',
        'history.direction',
        'history.media',
        'history.reason',
        'history.placed_at',
        'history.duration',
        'accounts.username',
        shownName.as('displayName'),
        'accounts.deleted_at',
      ])
      .where('history.user_id', '=', userId)
      .orderBy('history.placed_at', 'desc')
      .orderBy('history.call_id', 'desc');

  return {
    async page(userId, { before, limit }) {
      const place = before === undefined ? null : fromCursor(before);
      const rows = await newestFirst(userId)
        .$if(place !== null, (query) =>
          query.where((where) =>
            where(
              where.refTuple('history.placed_at', 'history.call_id'),
              '<',
              where.tuple(place?.placedAt ?? 0, place?.callId ?? ''),
            ),
          ),
        )
        // Reads one entry more than requested, to know whether there is a next page.
        .limit(limit + 1)
        .execute();
      const entries = rows.slice(0, limit).map(fromRow);
      const last = entries.at(-1);
      return { entries, next: last && rows.length > limit ? toCursor(last) : null };
    },
    async missed(userId) {
      const { missed } = await db
        .selectFrom((build) =>
          build
            .selectFrom('history')
            .select('call_id')
            .where('user_id', '=', userId)
            .where('unseen', '=', 1)
            .limit(LIMITS.missedCount)
            .as('counted'),
        )
        .select((build) => build.fn.countAll().as('missed'))
        .executeTakeFirstOrThrow();
      const count = Number(missed);
      if (count === 0) return { count, latest: null };
      const latest = await newestFirst(userId).where('history.unseen', '=', 1).limit(1).executeTakeFirst();
      return { count, latest: latest ? fromRow(latest) : null };
    },
    async see(userId) {
      const { numUpdatedRows } = await db
        .updateTable('history')
        .set({ unseen: 0 })
        .where('user_id', '=', userId)
        .where('unseen', '=', 1)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },
    async remove(userId, callId) {
      const { numDeletedRows } = await db
        .deleteFrom('history')
        .where('user_id', '=', userId)
        .where('call_id', '=', callId)
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
    async clear(userId) {
      const { numDeletedRows } = await db
        .deleteFrom('history')
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
    async removeBefore(time) {
      const { numDeletedRows } = await db
        .deleteFrom('history')
        .where('placed_at', '<', time)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
};
