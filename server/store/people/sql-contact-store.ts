import type { Kysely } from 'kysely';
import type { ContactStore } from '../../people/contact-store.ts';
import type { Tables } from '../tables.ts';

/**
 * Contacts in an SQL database. Each pair has a row for each direction, so that a list is one range of the
 * key.
 */
export const createSqlContactStore = (db: Kysely<Tables>): ContactStore => ({
  async add(one, other) {
    // Always in the same order, so that two people who add each other at once do not deadlock.
    const [first, second] = one < other ? [one, other] : [other, one];
    await db
      .insertInto('contacts')
      .values([
        { user_id: first, other_id: second },
        { user_id: second, other_id: first },
      ])
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  async remove(one, other) {
    await db
      .deleteFrom('contacts')
      .where((where) =>
        where.or([
          where.and({ user_id: one, other_id: other }),
          where.and({ user_id: other, other_id: one }),
        ]),
      )
      .execute();
  },
  async has(one, other) {
    const row = await db
      .selectFrom('contacts')
      .select('user_id')
      .where('user_id', '=', one)
      .where('other_id', '=', other)
      .executeTakeFirst();
    return row !== undefined;
  },
  async hasNamed(one, username) {
    const row = await db
      .selectFrom('contacts')
      .innerJoin('accounts', 'accounts.user_id', 'contacts.other_id')
      .select('contacts.user_id')
      .where('username', '=', username)
      .where('contacts.user_id', '=', one)
      .executeTakeFirst();
    return row !== undefined;
  },
  async count(userId) {
    const { contacts } = await db
      .selectFrom('contacts')
      .select((build) => build.fn.countAll().as('contacts'))
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow();
    return Number(contacts);
  },
  async forget(userId) {
    await db
      .deleteFrom('contacts')
      .where((where) => where.or([where('user_id', '=', userId), where('other_id', '=', userId)]))
      .execute();
  },
});
