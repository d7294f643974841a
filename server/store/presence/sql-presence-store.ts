import type { Insertable, Kysely } from 'kysely';
import { inTransaction } from '../in-transaction.ts';
import type { PresenceStore } from '../../presence/presence-store.ts';
import type { PresenceTable, Tables } from '../tables.ts';

/** Rows at a time, within the limit of values in one statement. */
const AT_ONCE = 500;

const put = async (
  db: Kysely<Tables>,
  userId: string,
  change: Partial<Insertable<PresenceTable>>,
): Promise<void> => {
  const fresh: Insertable<PresenceTable> = {
    user_id: userId,
    status_until: null,
    status_after: 'available',
    text: null,
    text_until: null,
    last_seen_shown: 0,
    last_seen_at: null,
  };
  await db
    .insertInto('presence')
    .values({ ...fresh, ...change })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ user_id: userId, ...change }))
    .execute();
};

const decided = (db: Kysely<Tables>) =>
  db
    .selectFrom('accounts')
    .leftJoin('presence', 'presence.user_id', 'accounts.user_id')
    .select([
      'accounts.user_id',
      'accounts.chosen_status',
      'presence.status_until',
      'presence.status_after',
      'presence.text',
      'presence.text_until',
      'presence.last_seen_shown',
      'presence.last_seen_at',
    ])
    .where('accounts.deleted_at', 'is', null)
    .where((where) =>
      where.or([where('presence.user_id', 'is not', null), where('chosen_status', '!=', 'available')]),
    );

const fromRow = (row: Awaited<ReturnType<ReturnType<typeof decided>['execute']>>[number]) => ({
  userId: row.user_id,
  status: row.chosen_status,
  until: row.status_until,
  after: row.status_after ?? 'available',
  text: row.text,
  textUntil: row.text_until,
  lastSeenShown: row.last_seen_shown === 1,
  lastSeenAt: row.last_seen_at,
});

/** Presence in an SQL database. The chosen status is a column of the account. */
export const createSqlPresenceStore = (db: Kysely<Tables>): PresenceStore => ({
  async of(userId) {
    const row = await decided(db).where('accounts.user_id', '=', userId).executeTakeFirst();
    return row ? fromRow(row) : null;
  },
  all: async () => (await decided(db).execute()).map(fromRow),
  async choose(userId, { status, until, after }) {
    await inTransaction(db, async (step) => {
      await step
        .updateTable('accounts')
        .set({ chosen_status: status })
        .where('user_id', '=', userId)
        .execute();
      await put(step, userId, { status_until: until, status_after: after });
    });
  },
  say: (userId, { text, textUntil }) => put(db, userId, { text, text_until: textUntil }),
  showLastSeen: (userId, shown) => put(db, userId, { last_seen_shown: shown ? 1 : 0 }),
  async forgetSeen(userId) {
    await db.updateTable('presence').set({ last_seen_at: null }).where('user_id', '=', userId).execute();
  },
  async seen(userIds, at) {
    for (let from = 0; from < userIds.length; from += AT_ONCE) {
      await db
        .updateTable('presence')
        .set({ last_seen_at: at })
        .where('user_id', 'in', userIds.slice(from, from + AT_ONCE))
        .where('last_seen_shown', '=', 1)
        .execute();
    }
  },
  async forget(userId) {
    await db.deleteFrom('presence').where('user_id', '=', userId).execute();
  },
});
