import type { Kysely } from 'kysely';
import { LIMITS } from '../../../protocol/limits.ts';
import type { BlockStore } from '../../people/block-store.ts';
import { shownName, shownTo } from './shown-profiles.ts';
import type { Tables } from '../tables.ts';

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
  async between(one, other) {
    const rows = await db
      .selectFrom('blocks')
      .select('blocker_id')
      .where((where) =>
        where.or([
          where.and({ blocker_id: one, blocked_id: other }),
          where.and({ blocker_id: other, blocked_id: one }),
        ]),
      )
      .execute();
    const by = (userId: string) => rows.some((row) => row.blocker_id === userId);
    return { blocks: by(one), isBlocked: by(other) };
  },
  blockedBy: (blocker) =>
    shownTo(db, blocker)
      .innerJoin('blocks', 'blocks.blocked_id', 'accounts.user_id')
      .select(['accounts.user_id as userId', 'accounts.username', shownName.as('displayName')])
      .where('blocks.blocker_id', '=', blocker)
      .orderBy('displayName')
      .orderBy('accounts.username')
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
