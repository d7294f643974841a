import type { Kysely } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import type { PictureHash } from '../../../protocol/people/picture.ts';
import { accountFromRow } from '../account/account-row.ts';
import { holdProfile } from './hold-profile.ts';
import { inTransaction } from '../in-transaction.ts';
import type { PictureStore } from '../../people/picture-store.ts';
import { prunePictures } from './prune-pictures.ts';
import { shownPicture, shownTo } from './shown-profiles.ts';
import { toAccount } from '../../account/to-account.ts';
import type { Tables } from '../tables.ts';

/** Pictures in an SQL database. */
export const createSqlPictureStore = (db: Kysely<Tables>): PictureStore => {
  const choose = async (step: Kysely<Tables>, userId: UserId, picture: PictureHash | null) => {
    await holdProfile(step, userId);
    const row = await step
      .updateTable('accounts')
      .set({ picture })
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    return row ? toAccount(accountFromRow(row)) : null;
  };
  return {
    put: (userId, hash, { type, bytes }) =>
      inTransaction(db, async (step) => {
        const account = await choose(step, userId, hash);
        if (!account) return null;
        await step
          .insertInto('pictures')
          .values({ user_id: userId, hash, type, bytes })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await prunePictures(step, userId);
        return account;
      }),
    async of(userId) {
      const row = await db
        .selectFrom('pictures')
        .innerJoin('accounts', (join) =>
          join
            .onRef('accounts.user_id', '=', 'pictures.user_id')
            .onRef('accounts.picture', '=', 'pictures.hash'),
        )
        .select(['type', 'bytes'])
        .where('pictures.user_id', '=', userId)
        .executeTakeFirst();
      return row ?? null;
    },
    async shownTo(viewer, userId) {
      const row = await shownTo(db, viewer)
        .innerJoin('pictures', (join) =>
          join.onRef('pictures.user_id', '=', 'accounts.user_id').on('pictures.hash', '=', shownPicture),
        )
        .select(['type', 'bytes'])
        .where('accounts.user_id', '=', userId)
        .executeTakeFirst();
      return row ?? null;
    },
    remove: (userId) =>
      inTransaction(db, async (step) => {
        const account = await choose(step, userId, null);
        await prunePictures(step, userId);
        return account;
      }),
    async forget(userId) {
      await db.deleteFrom('pictures').where('user_id', '=', userId).execute();
    },
  };
};
