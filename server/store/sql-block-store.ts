import type { Kysely } from 'kysely';
import { LIMITS } from '../../protocol/limits.ts';
import type { BlockStore } from './block-store.ts';
import type { Tables } from './tables.ts';

/** Blocks in an SQL database. */
export const createSqlBlockStore = (db: Kysely<Tables>): BlockStore => ({
  async block(blocker, blocked) {
    await db
      .insertInto('blocks')
      .values({ blocker_id: blocker, blocked_id: blocked })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  async unblock(blocker, blocked) {
    await db
      .deleteFrom('blocks')
      .where('blocker_id', '=', blocker)
      .where('blocked_id', '=', blocked)
      .execute();
  },
  async isBlocked(blocker, blocked) {
    const row = await db
      .selectFrom('blocks')
      .select('blocker_id')
      .where('blocker_id', '=', blocker)
      .where('blocked_id', '=', blocked)
      .executeTakeFirst();
    return row !== undefined;
  },
  blockedBy: (blocker) =>
    db
      .selectFrom('blocks')
      .innerJoin('accounts', 'accounts.user_id', 'blocks.blocked_id')
      .select(['user_id as userId', 'username', 'display_name as displayName'])
      .where('blocker_id', '=', blocker)
      .orderBy('display_name')
      .orderBy('username')
      .limit(LIMITS.blocked)
      .execute(),
  async blockersOf(blocked) {
    const rows = await db
      .selectFrom('blocks')
      .select('blocker_id')
      .where('blocked_id', '=', blocked)
      .execute();
    return new Set(rows.map((row) => row.blocker_id));
  },
  async forget(userId) {
    await db
      .deleteFrom('blocks')
      .where((where) => where.or([where('blocker_id', '=', userId), where('blocked_id', '=', userId)]))
      .execute();
  },
});
