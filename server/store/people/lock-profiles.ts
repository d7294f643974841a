import type { Kysely } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import type { Tables } from '../tables.ts';

/**
 * First in a transaction about what is shown of people: no other one is about any of them until it ends. In SQLite
 * there is one writer at a time; PostgreSQL locks a row that is changed, so that changing nothing is enough.
 * @returns whether all of them have an account
 */
export const lockProfiles = async (
  transaction: Kysely<Tables>,
  userIds: readonly UserId[],
): Promise<boolean> => {
  let found = 0;
  // One by one in the same order everywhere: two transactions never wait for each other.
  for (const userId of userIds.toSorted()) {
    const { numUpdatedRows } = await transaction
      .updateTable('accounts')
      .set((build) => ({ display_name: build.ref('display_name') }))
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .executeTakeFirstOrThrow();
    found += Number(numUpdatedRows);
  }
  return found === userIds.length;
};
