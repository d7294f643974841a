import type { Kysely } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import type { Tables } from '../tables.ts';

/**
 * Removes a person's pictures that nobody sees any more. Call it in a transaction that has locked the
 * person's profile.
 */
export const prunePictures = async (db: Kysely<Tables>, userId: UserId): Promise<void> => {
  const shown = db
    .selectFrom('accounts')
    .select('picture')
    .where('user_id', '=', userId)
    .where('picture', 'is not', null)
    .unionAll(
      db
        .selectFrom('held_profiles')
        .select('picture')
        .where('user_id', '=', userId)
        .where('picture', 'is not', null),
    )
    .unionAll(
      db
        .selectFrom('frozen_profiles')
        .select('picture')
        .where('person_id', '=', userId)
        .where('picture', 'is not', null),
    );
  await db.deleteFrom('pictures').where('user_id', '=', userId).where('hash', 'not in', shown).execute();
};
