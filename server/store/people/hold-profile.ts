import type { Kysely } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import { lockProfiles } from './lock-profiles.ts';
import type { Tables } from '../tables.ts';

/**
 * Makes others go on seeing a person's current name and picture until `ProfileStore.release`. A profile that
 * is already held stays as it is. Call it before the change, in the same transaction.
 */
export const holdProfile = async (db: Kysely<Tables>, userId: UserId): Promise<void> => {
  await lockProfiles(db, [userId]);
  await db
    .insertInto('held_profiles')
    .columns(['user_id', 'display_name', 'picture'])
    .expression(
      db
        .selectFrom('accounts')
        .select(['user_id', 'display_name', 'picture'])
        .where('user_id', '=', userId)
        .where('deleted_at', 'is', null),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};
