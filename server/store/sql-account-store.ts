import type { Kysely, Selectable } from 'kysely';
import { accountRow } from './account-row.ts';
import type { AccountStore, StoredAccount } from './account-store.ts';
import type { AccountTable, Tables } from './tables.ts';

const fromRow = (row: Selectable<AccountTable>): StoredAccount => ({
  userId: row.user_id,
  username: row.username,
  displayName: row.display_name,
  passwordHash: row.password_hash,
  chosenStatus: row.chosen_status,
  createdAt: row.created_at,
});

/** Accounts in an SQL database. */
export const createSqlAccountStore = (db: Kysely<Tables>): AccountStore => ({
  async create(account) {
    const inserted = await db
      .insertInto('accounts')
      .values(accountRow(account))
      .onConflict((conflict) => conflict.column('username').doNothing())
      .returning('user_id')
      .executeTakeFirst();
    return inserted !== undefined;
  },
  async byId(userId) {
    const row = await db.selectFrom('accounts').selectAll().where('user_id', '=', userId).executeTakeFirst();
    return row ? fromRow(row) : null;
  },
  async byUsername(username) {
    const row = await db
      .selectFrom('accounts')
      .selectAll()
      .where('username', '=', username)
      .executeTakeFirst();
    return row ? fromRow(row) : null;
  },
  async all() {
    const rows = await db
      .selectFrom('accounts')
      .select(['user_id', 'username', 'display_name'])
      .orderBy('display_name')
      .orderBy('username')
      .execute();
    return rows.map((row) => ({
      userId: row.user_id,
      username: row.username,
      displayName: row.display_name,
    }));
  },
  async count() {
    const { accounts } = await db
      .selectFrom('accounts')
      .select((build) => build.fn.countAll().as('accounts'))
      .executeTakeFirstOrThrow();
    return Number(accounts);
  },
  async choose(userId, status) {
    await db.updateTable('accounts').set({ chosen_status: status }).where('user_id', '=', userId).execute();
  },
});
