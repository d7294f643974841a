import type { Kysely } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import { toAccount } from '../../account/to-account.ts';
import { accountFromRow, accountRow } from './account-row.ts';
import type { AccountStore } from '../../account/account-store.ts';
import { holdProfile } from '../people/hold-profile.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Tables } from '../tables.ts';

/** Replaces a deleted account's username: unique, and not a name that anybody can choose. */
const tombstoneName = (userId: UserId): string => `deleted:${userId}`;

const living = (db: Kysely<Tables>) => db.selectFrom('accounts').where('deleted_at', 'is', null);

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
    const row = await living(db).selectAll().where('user_id', '=', userId).executeTakeFirst();
    return row ? accountFromRow(row) : null;
  },
  async byUsername(username) {
    const row = await living(db).selectAll().where('username', '=', username).executeTakeFirst();
    return row ? accountFromRow(row) : null;
  },
  async all() {
    const rows = await living(db)
      .select(['user_id', 'username', 'display_name', 'picture'])
      .orderBy('display_name')
      .orderBy('username')
      .execute();
    return rows.map((row) => ({
      userId: row.user_id,
      username: row.username,
      displayName: row.display_name,
      ...(row.picture !== null && { picture: row.picture }),
    }));
  },
  async count() {
    const { accounts } = await living(db)
      .select((build) => build.fn.countAll().as('accounts'))
      .executeTakeFirstOrThrow();
    return Number(accounts);
  },
  rename: (userId, displayName) =>
    inTransaction(db, async (transaction) => {
      await holdProfile(transaction, userId);
      const row = await transaction
        .updateTable('accounts')
        .set({ display_name: displayName })
        .where('user_id', '=', userId)
        .where('deleted_at', 'is', null)
        .returningAll()
        .executeTakeFirst();
      return row ? toAccount(accountFromRow(row)) : null;
    }),
  async changePassword(userId, { was, hash }) {
    const { numUpdatedRows } = await db
      .updateTable('accounts')
      .set({ password_hash: hash })
      .where('user_id', '=', userId)
      .where('password_hash', '=', was)
      .where('deleted_at', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  },
  async leaveTombstone(userId, at) {
    const { numUpdatedRows } = await db
      .updateTable('accounts')
      .set({
        username: tombstoneName(userId),
        display_name: '',
        password_hash: null,
        picture: null,
        chosen_status: 'appear-offline',
        created_at: at,
        deleted_at: at,
      })
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  },
});
