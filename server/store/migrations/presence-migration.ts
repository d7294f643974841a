import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { chosenStatusSchema } from '../../../protocol/presence/presence.ts';

/** People's choices about their presence, besides the status in their account. */
export const presenceMigration: Migration = {
  async up(db: Kysely<unknown>) {
    const statuses = sql.join(chosenStatusSchema.options.map((status) => sql.lit(status)));
    await db.schema
      .createTable('presence')
      .addColumn('user_id', 'text', (column) =>
        column.primaryKey().references('accounts.user_id').onDelete('cascade'),
      )
      .addColumn('status_until', 'bigint')
      .addColumn('status_after', 'text', (column) =>
        column.notNull().check(sql<boolean>`status_after in (${statuses})`),
      )
      .addColumn('text', 'text')
      .addColumn('text_until', 'bigint')
      .addColumn('last_seen_shown', 'integer', (column) =>
        column.notNull().check(sql<boolean>`last_seen_shown in (0, 1)`),
      )
      .addColumn('last_seen_at', 'bigint')
      .execute();
  },
};
