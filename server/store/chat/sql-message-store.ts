import { sql, type Kysely, type Selectable } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import type { Mark, Message } from '../../../protocol/chat/message.ts';
import { Turns } from '../../turns.ts';
import { findableBy } from './findable-by.ts';
import { findUnread } from './find-unread.ts';
import { inTransaction } from '../in-transaction.ts';
import { createMessagePositions } from './message-positions.ts';
import type { MessageStore } from '../../chat/message-store.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import type { MessageTable, Tables } from '../tables.ts';

type Row = Selectable<MessageTable>;

/** The same key for both people. */
const pairOf = (one: UserId, other: UserId): string => [one, other].sort().join(':');

/** How far the two people have received and read each other's messages, as far as `me` may know. */
interface Known {
  read: number;
  toldDelivered: number;
  toldRead: number;
}

const markOf = (row: Row, me: UserId, known: Known): Mark => {
  if (row.sender_id !== me) return row.at <= known.read ? 'read' : 'delivered';
  if (row.withheld === 1) return 'sent';
  if (row.at <= known.toldRead) return 'read';
  return row.at <= known.toldDelivered ? 'delivered' : 'sent';
};

const toMessage = (row: Row, me: UserId, known: Known): Message => ({
  id: row.message_id,
  from: row.sender_id,
  at: row.at,
  text: row.text,
  mark: markOf(row, me, known),
});

const otherOf = (row: Row, me: UserId): UserId => (row.sender_id === me ? row.recipient_id : row.sender_id);

/** Messages in an SQL database. */
export const createSqlMessageStore = (db: Kysely<Tables>, dialect: SqlDialect): MessageStore => {
  // The messages of a pair queue here, because concurrent connections do not keep their order.
  const turns = new Turns<string>();
  const known = async (me: UserId, other: UserId): Promise<Known> => {
    const rows = await db
      .selectFrom('message_positions')
      .select(['reader_id', 'read', 'told_delivered', 'told_read'])
      .where((where) =>
        where.or([
          where.and({ reader_id: me, sender_id: other }),
          where.and({ reader_id: other, sender_id: me }),
        ]),
      )
      .execute();
    const [mine, theirs] = [me, other].map((reader) => rows.find((row) => row.reader_id === reader));
    return {
      read: mine?.read ?? 0,
      toldDelivered: theirs?.told_delivered ?? 0,
      toldRead: theirs?.told_read ?? 0,
    };
  };

  return {
    ...createMessagePositions(db),

    add: ({ id, from, to, text, withheld, now }) => {
      const pair = pairOf(from, to);
      const add = async (transaction: Kysely<Tables>): Promise<{ at: number; added: boolean }> => {
        // The lock keeps two nodes from giving two messages the same time.
        await dialect.hold(transaction, `messages:${pair}`);
        const { rows } = await sql<{ n: number; at: number }>`
          insert into messages (message_id, pair, at, sender_id, recipient_id, text, withheld)
          select ${id}, ${pair}, case when last >= ${now} then last + 1 else ${now} end,
            ${from}, ${to}, ${text}, cast(${withheld ? 1 : 0} as integer)
          from (select coalesce(max(at), 0) as last from messages where pair = ${pair}) as newest
          where true
          on conflict (sender_id, message_id) do nothing
          returning n, at`.execute(transaction);
        const [added] = rows;
        if (!added) {
          const { at } = await transaction
            .selectFrom('messages')
            .select('at')
            .where('sender_id', '=', from)
            .where('message_id', '=', id)
            .executeTakeFirstOrThrow();
          return { at, added: false };
        }
        await dialect.search.add(transaction, { n: added.n, people: findableBy(from, to, withheld), text });
        return { at: added.at, added: true };
      };
      return turns.take(pair, () => inTransaction(db, add));
    },

    async page(me, other, { before, limit }) {
      // Each subquery reads the end of one index range, so that it need not skip the withheld messages of a
      // blocked sender.
      const newest = (from: UserId, to: UserId, withheld: 0 | 1) =>
        db
          .selectFrom((build) =>
            build
              .selectFrom('messages')
              .selectAll()
              .where('recipient_id', '=', to)
              .where('withheld', '=', withheld)
              .where('sender_id', '=', from)
              .$if(before !== undefined, (query) => query.where('at', '<', before ?? 0))
              .orderBy('at', 'desc')
              .limit(limit + 1)
              .as('newest'),
          )
          .selectAll();
      const rows = await newest(other, me, 0)
        .unionAll(newest(me, other, 0))
        .unionAll(newest(me, other, 1))
        .orderBy('at', 'desc')
        .limit(limit + 1)
        .execute();
      const how = await known(me, other);
      const items = rows.slice(0, limit).reverse();
      return { items: items.map((row) => toMessage(row, me, how)), more: rows.length > limit };
    },

    async search(me, query, limit) {
      const rows = await dialect.search.find(db, me, query, limit + 1);
      const items = await Promise.all(
        rows.slice(0, limit).map(async (row) => {
          const userId = otherOf(row, me);
          return { userId, message: toMessage(row, me, await known(me, userId)) };
        }),
      );
      return { items, more: rows.length > limit };
    },

    unread: (me) => findUnread(db, me),

    async removeBefore(time) {
      const { numDeletedRows } = await db
        .deleteFrom('messages')
        .where('at', '<', time)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },

    async forget(userId) {
      await db
        .deleteFrom('messages')
        .where((where) => where.or([where('sender_id', '=', userId), where('recipient_id', '=', userId)]))
        .execute();
      await db
        .deleteFrom('message_positions')
        .where((where) => where.or([where('sender_id', '=', userId), where('reader_id', '=', userId)]))
        .execute();
    },
  };
};
