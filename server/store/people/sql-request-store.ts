import type { Kysely } from 'kysely';
import { LIMITS } from '../../../protocol/limits.ts';
import type { RequestStore } from '../../people/request-store.ts';
import type { Tables } from '../tables.ts';

/** Contact requests in an SQL database. */
export const createSqlRequestStore = (db: Kysely<Tables>): RequestStore => ({
  async ask(from, username, at) {
    await db
      .insertInto('contact_requests')
      .values({ from_id: from, to_username: username, created_at: at, declined: 0, withdrawn_at: null })
      .onConflict((conflict) =>
        conflict
          .columns(['from_id', 'to_username'])
          .doUpdateSet({ created_at: at, withdrawn_at: null })
          .where('contact_requests.withdrawn_at', 'is not', null),
      )
      .execute();
  },
  // The statements are the same for a declined request, so that the duration does not reveal the decline.
  async withdraw(from, username, at) {
    const its = db.selectFrom('contact_requests').where('to_username', '=', username);
    await db
      .updateTable('contact_requests')
      .set({ withdrawn_at: at })
      .where('from_id', '=', from)
      .where('to_username', '=', username)
      .where('declined', '=', 1)
      .where('withdrawn_at', 'is', null)
      .execute();
    const oldest = its
      .select('from_id')
      .where('withdrawn_at', 'is not', null)
      .orderBy('withdrawn_at', 'desc')
      .orderBy('from_id')
      .limit(1)
      .offset(LIMITS.declinesRemembered);
    await db
      .deleteFrom('contact_requests')
      .where('to_username', '=', username)
      .where((where) =>
        where.or([
          where.and([where('from_id', '=', from), where('declined', '=', 0)]),
          where('from_id', '=', oldest),
        ]),
      )
      .execute();
  },
  async settle(from, username) {
    await db
      .deleteFrom('contact_requests')
      .where('from_id', '=', from)
      .where('to_username', '=', username)
      .execute();
  },
  async decline(from, username) {
    await db
      .updateTable('contact_requests')
      .set({ declined: 1 })
      .where('from_id', '=', from)
      .where('to_username', '=', username)
      .execute();
  },
  async has(from, username) {
    const row = await db
      .selectFrom('contact_requests')
      .select('from_id')
      .where('from_id', '=', from)
      .where('to_username', '=', username)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst();
    return row !== undefined;
  },
  to: ({ userId, username }, limit) =>
    db
      .selectFrom('contact_requests')
      .innerJoin('accounts', 'accounts.user_id', 'contact_requests.from_id')
      .leftJoin('blocks', (join) =>
        join.onRef('blocks.blocked_id', '=', 'from_id').on('blocks.blocker_id', '=', userId),
      )
      .leftJoin('held_profiles as held', 'held.user_id', 'accounts.user_id')
      .select(({ fn }) => [
        'accounts.user_id as userId',
        'username',
        fn.coalesce('held.display_name', 'accounts.display_name').as('displayName'),
        'contact_requests.created_at as at',
      ])
      .where('to_username', '=', username)
      .where('declined', '=', 0)
      .where('blocks.blocker_id', 'is', null)
      .orderBy('contact_requests.created_at', 'desc')
      .orderBy('accounts.user_id')
      .limit(limit)
      .execute(),
  by: (from) =>
    db
      .selectFrom('contact_requests')
      .select(['to_username as username', 'created_at as at'])
      .where('from_id', '=', from)
      .where('withdrawn_at', 'is', null)
      .orderBy('created_at', 'desc')
      .orderBy('to_username')
      .limit(LIMITS.requests)
      .execute(),
  async forgetWithdrawnBefore(time) {
    const { numDeletedRows } = await db
      .deleteFrom('contact_requests')
      .where('withdrawn_at', '<', time)
      .executeTakeFirst();
    return Number(numDeletedRows);
  },
  async forget({ userId, username }) {
    await db
      .deleteFrom('contact_requests')
      .where((where) => where.or([where('from_id', '=', userId), where('to_username', '=', username)]))
      .execute();
  },
});
