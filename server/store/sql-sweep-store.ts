import { sql, type Kysely } from 'kysely';
import type { Swept, SweepStore } from '../sweep-store.ts';
import type { Tables } from './tables.ts';

/** Where what is swept stands, and which of its times decides. */
const WHERE: Record<Swept, readonly [table: keyof Tables, column: string]> = {
  messages: ['messages', 'at'],
  history: ['history', 'placed_at'],
  requests: ['contact_requests', 'withdrawn_at'],
  sessions: ['sessions', 'expires_at'],
};

const UNKNOWN = { sweptAt: null, hold: null, allowed: false };

/** What is known of sweeps, in an SQL database. */
export const createSqlSweepStore = (db: Kysely<Tables>): SweepStore => ({
  async of(what) {
    const row = await db.selectFrom('sweeps').selectAll().where('what', '=', what).executeTakeFirst();
    if (!row) return UNKNOWN;
    const { swept_at: sweptAt, held_reason: reason, held_due: due, held_at: at, allowed } = row;
    const hold = reason === null || due === null || at === null ? null : { reason, due, at };
    return { sweptAt, hold, allowed: allowed === 1 };
  },
  async swept(what, at) {
    const fresh = { swept_at: at, held_reason: null, held_due: null, held_at: null, allowed: 0 };
    await db
      .insertInto('sweeps')
      .values({ what, ...fresh })
      .onConflict((conflict) => conflict.column('what').doUpdateSet(fresh))
      .execute();
  },
  async hold(what, { reason, due, at }) {
    const held = { held_reason: reason, held_due: due, held_at: at };
    await db
      .insertInto('sweeps')
      .values({ what, swept_at: null, allowed: 0, ...held })
      .onConflict((conflict) => conflict.column('what').doUpdateSet(held))
      .execute();
  },
  async allow(what) {
    const { numUpdatedRows } = await db
      .updateTable('sweeps')
      .set({ allowed: 1 })
      .where('what', '=', what)
      .where('held_reason', 'is not', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  },
  async count(what, time) {
    const [table, column] = WHERE[what];
    const [from, at] = [sql.table(table), sql.ref(column)];
    const {
      rows: [older],
    } = await sql<{ n: number | string }>`select count(*) as n from ${from} where ${at} < ${time}`.execute(
      db,
    );
    const due = Number(older?.n ?? 0);
    const {
      rows: [newer],
    } = await sql<{ n: number | string }>`
      select count(*) as n from (select 1 as one from ${from} where ${at} >= ${time} limit ${due}) as newer
    `.execute(db);
    return { due, kept: Number(newer?.n ?? 0) };
  },
});
