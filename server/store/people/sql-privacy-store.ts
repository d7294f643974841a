import type { Kysely } from 'kysely';
import type { PrivacyStore } from '../../people/privacy-store.ts';
import type { Tables } from '../tables.ts';

/** Choices about privacy in an SQL database. */
export const createSqlPrivacyStore = (db: Kysely<Tables>): PrivacyStore => ({
  async hidesAddress(userId) {
    const row = await db
      .selectFrom('hidden_addresses')
      .select('user_id')
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row !== undefined;
  },
  async hideAddress(userId, hide) {
    if (!hide) {
      await db.deleteFrom('hidden_addresses').where('user_id', '=', userId).execute();
      return;
    }
    await db
      .insertInto('hidden_addresses')
      .values({ user_id: userId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
});
