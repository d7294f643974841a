import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { MessageSearch } from '../chat/message-search.ts';

/** Messages, their delivery and read positions, and the search index. */
export const messageMigration = (search: MessageSearch): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('messages')
      // The index's row id. The key is explicit because `vacuum` may renumber implicit row ids.
      .addColumn('n', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('message_id', 'text', (column) => column.notNull())
      .addColumn('pair', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('sender_id', 'text', (column) => column.notNull().references('accounts.user_id'))
      .addColumn('recipient_id', 'text', (column) => column.notNull().references('accounts.user_id'))
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('withheld', 'integer', (column) => column.notNull().check(sql`withheld in (0, 1)`))
      .addUniqueConstraint('messages_of_sender', ['sender_id', 'message_id'])
      .addUniqueConstraint('messages_in_order', ['pair', 'at'])
      .execute();
    await db.schema
      .createIndex('messages_to_read')
      .on('messages')
      .columns(['recipient_id', 'sender_id', 'at'])
      .execute();
    await db.schema.createIndex('messages_by_time').on('messages').column('at').execute();
    await db.schema
      .createTable('message_positions')
      .addColumn('reader_id', 'text', (column) => column.notNull().references('accounts.user_id'))
      .addColumn('sender_id', 'text', (column) => column.notNull().references('accounts.user_id'))
      .addColumn('delivered', 'bigint', (column) => column.notNull().defaultTo(0))
      .addColumn('read', 'bigint', (column) => column.notNull().defaultTo(0))
      .addColumn('told_delivered', 'bigint', (column) => column.notNull().defaultTo(0))
      .addColumn('told_read', 'bigint', (column) => column.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('message_positions_key', ['reader_id', 'sender_id'])
      .execute();
    await db.schema
      .createIndex('message_positions_by_sender')
      .on('message_positions')
      .column('sender_id')
      .execute();
    await search.create(db);
  },
});
