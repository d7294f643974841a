import type { Kysely } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import type { Tables } from '../tables.ts';

/**
 * Call it first in a transaction that changes what others see of people. Until the transaction ends, no other
 * one can lock any of these people. SQLite has one writer at a time. PostgreSQL locks an updated row, even if
 * the update changes nothing.
 * @returns whether all of them have an account
 */
export const lockProfiles = async (
  transaction: Kysely<Tables>,
  userIds: readonly UserId[],
): Promise<boolean> => {
  let found = 0;
  // One by one in a fixed order, so that two transactions cannot deadlock.
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
