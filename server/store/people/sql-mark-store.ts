import type { Kysely } from 'kysely';
import type { MarkStore } from '../../people/mark-store.ts';
import type { Tables } from '../tables.ts';

/** Marks in an SQL database. */
export const createSqlMarkStore = (db: Kysely<Tables>): MarkStore => ({
  async of(userId) {
    const rows = await db
      .selectFrom('contact_marks')
      .select(['other_id', 'rings_through'])
      .where('user_id', '=', userId)
      .execute();
    return new Map(
      rows.map((row) => [row.other_id, { favourite: true, ringsThrough: row.rings_through === 1 }]),
    );
  },
  async mark(userId, other, { favourite, ringsThrough }) {
    if (!favourite) {
      await db
        .deleteFrom('contact_marks')
        .where('user_id', '=', userId)
        .where('other_id', '=', other)
        .execute();
      return;
    }
    const rings_through = ringsThrough ? 1 : 0;
    await db
      .insertInto('contact_marks')
      .values({ user_id: userId, other_id: other, rings_through })
      .onConflict((conflict) => conflict.columns(['user_id', 'other_id']).doUpdateSet({ rings_through }))
      .execute();
  },
  async isFavourite(from, to) {
    const row = await db
      .selectFrom('contact_marks')
      .select('user_id')
      .where('user_id', '=', to)
      .where('other_id', '=', from)
      .executeTakeFirst();
    return row !== undefined;
  },
  async ringsThrough(from, to) {
    const row = await db
      .selectFrom('contact_marks')
      .select('rings_through')
      .where('user_id', '=', to)
      .where('other_id', '=', from)
      .executeTakeFirst();
    return row?.rings_through === 1;
  },
  async forgetBetween(one, other) {
    await db
      .deleteFrom('contact_marks')
      .where((where) =>
        where.or([
          where.and({ user_id: one, other_id: other }),
          where.and({ user_id: other, other_id: one }),
        ]),
      )
      .execute();
  },
  async forget(userId) {
    await db
      .deleteFrom('contact_marks')
      .where((where) => where.or([where('user_id', '=', userId), where('other_id', '=', userId)]))
      .execute();
  },
});
