import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { END_REASONS, mediaSchema } from '../../../protocol/calls/call.ts';
import { directionSchema } from '../../../protocol/history/history.ts';
import { oneOf } from '../one-of.ts';

/** Each person's own history of calls. The key is also the order in which it is paged. */
export const history: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('calls')
      .addColumn('traceless', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createTable('history')
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('accounts.user_id').onDelete('cascade'),
      )
      .addColumn('placed_at', 'bigint', (column) => column.notNull())
      .addColumn('call_id', 'text', (column) => column.notNull())
      .addColumn('other_id', 'text', (column) => column.notNull().references('accounts.user_id'))
      .addColumn('direction', 'text', (column) =>
        column.notNull().check(oneOf('direction', directionSchema.options)),
      )
      .addColumn('media', 'text', (column) => column.notNull().check(oneOf('media', mediaSchema.options)))
      .addColumn('reason', 'text', (column) => column.notNull().check(oneOf('reason', END_REASONS)))
      .addColumn('duration', 'bigint')
      .addColumn('unseen', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('history_key', ['user_id', 'placed_at', 'call_id'])
      .execute();
    await db.schema.createIndex('history_by_time').on('history').column('placed_at').execute();
    await db.schema.createIndex('history_by_other').on('history').column('other_id').execute();
    await db.schema
      .createIndex('history_unseen')
      .on('history')
      .columns(['user_id', 'placed_at'])
      .where(sql.ref('unseen'), '=', 1)
      .execute();
  },
};
