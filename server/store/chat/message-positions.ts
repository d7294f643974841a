import type { Kysely } from 'kysely';
import type { MessageId } from '../../../protocol/ids.ts';
import { LIMITS } from '../../../protocol/limits.ts';
import type { MessageStore, Reading } from '../../chat/message-store.ts';
import type { Tables } from '../tables.ts';

/**
 * How far people have received and read each other's messages, in an SQL database. `delivered` and `read` are
 * the facts, `told_…` is how much of them the sender knows.
 */
export const createMessagePositions = (
  db: Kysely<Tables>,
): Pick<MessageStore, 'advance' | 'tell' | 'untold'> => {
  const messagesOf = ({ reader, sender }: Reading) =>
    db
      .selectFrom('messages')
      .where('recipient_id', '=', reader)
      .where('sender_id', '=', sender)
      .where('withheld', '=', 0);

  const idsBetween = async (reading: Reading, after: number, upTo: number): Promise<MessageId[]> => {
    if (after >= upTo) return [];
    const rows = await messagesOf(reading)
      .select('message_id')
      .where('at', '>', after)
      .where('at', '<=', upTo)
      .orderBy('at', 'desc')
      .limit(LIMITS.messagesPerPage)
      .execute();
    return rows.map((row) => row.message_id);
  };

  const update = ({ reader, sender }: Reading) =>
    db.updateTable('message_positions').where('reader_id', '=', reader).where('sender_id', '=', sender);

  return {
    async advance(reading, { at, mark }) {
      // Nobody can have read further than the newest message, whatever the phone reports.
      const { upTo } = await messagesOf(reading)
        .select(({ fn }) => fn.max<number | null>('at').as('upTo'))
        .where('at', '<=', at)
        .executeTakeFirstOrThrow();
      if (upTo === null) return false;
      await db
        .insertInto('message_positions')
        .values({ reader_id: reading.reader, sender_id: reading.sender })
        .onConflict((conflict) => conflict.columns(['reader_id', 'sender_id']).doNothing())
        .execute();
      const delivered = await update(reading)
        .set({ delivered: upTo })
        .where('delivered', '<', upTo)
        .executeTakeFirstOrThrow();
      if (mark === 'delivered') return delivered.numUpdatedRows > 0n;
      const read = await update(reading)
        .set({ read: upTo })
        .where('read', '<', upTo)
        .executeTakeFirstOrThrow();
      return read.numUpdatedRows > 0n;
    },

    async tell(reading) {
      const position = await db
        .selectFrom('message_positions')
        .selectAll()
        .where('reader_id', '=', reading.reader)
        .where('sender_id', '=', reading.sender)
        .executeTakeFirst();
      if (!position) return { delivered: [], read: [] };
      const { delivered, read } = position;
      const told = {
        // A message that is read in the same step need not be reported as delivered first.
        delivered: await idsBetween(reading, Math.max(position.told_delivered, read), delivered),
        read: await idsBetween(reading, position.told_read, read),
      };
      // A concurrent call may have told more meanwhile.
      await update(reading)
        .set({ told_delivered: delivered, told_read: read })
        .where('told_delivered', '<=', delivered)
        .where('told_read', '<=', read)
        .execute();
      return told;
    },

    async untold(userId) {
      const rows = await db
        .selectFrom('message_positions')
        .select(['reader_id', 'sender_id'])
        .where((where) => where.or([where('reader_id', '=', userId), where('sender_id', '=', userId)]))
        .where((where) =>
          where.or([
            where('delivered', '>', where.ref('told_delivered')),
            where('read', '>', where.ref('told_read')),
          ]),
        )
        .limit(LIMITS.unreadConversations)
        .execute();
      return rows.map((row) => ({ reader: row.reader_id, sender: row.sender_id }));
    },
  };
};
