import type { Kysely } from 'kysely';
import type { UserId } from '../../protocol/ids.ts';
import type { PictureHash } from '../../protocol/picture.ts';
import { accountFromRow } from './account-row.ts';
import type { PictureStore } from './picture-store.ts';
import { toAccount } from '../accounts/to-account.ts';
import type { Tables } from './tables.ts';

/** Pictures in an SQL database. */
export const createSqlPictureStore = (db: Kysely<Tables>): PictureStore => {
  const choose = async (userId: UserId, picture: PictureHash | null) => {
    const row = await db
      .updateTable('accounts')
      .set({ picture })
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    return row ? toAccount(accountFromRow(row)) : null;
  };
  return {
    async put(userId, hash, { type, bytes }) {
      const account = await choose(userId, hash);
      if (!account) return null;
      await db
        .insertInto('pictures')
        .values({ user_id: userId, type, bytes })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ type, bytes }))
        .execute();
      return account;
    },
    async of(userId) {
      const row = await db
        .selectFrom('pictures')
        .select(['type', 'bytes'])
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return row ?? null;
    },
    async remove(userId) {
      await db.deleteFrom('pictures').where('user_id', '=', userId).execute();
      return choose(userId, null);
    },
  };
};
