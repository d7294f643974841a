import { sql, type Kysely } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import { LIMITS } from '../../../protocol/limits.ts';
import type { Unread } from '../../../protocol/chat/message.ts';
import type { Tables } from '../tables.ts';

/**
 * Unread messages to `me` by sender, newest first. It reads a few index entries for each person who ever
 * wrote, and stops counting at the limit, so that it takes no longer when somebody has sent many messages.
 */
export const findUnread = async (db: Kysely<Tables>, me: UserId): Promise<Unread[]> => {
  const { rows } = await sql<Unread>`
    with recursive senders (sender_id) as (
      select min(sender_id) from messages where recipient_id = ${me} and withheld = 0
      union all
      select (
        select min(sender_id) from messages
        where recipient_id = ${me} and withheld = 0 and sender_id > senders.sender_id
      ) from senders where senders.sender_id is not null
    ),
    newest as (
      select senders.sender_id, coalesce(reading.read, 0) as seen, (
        select max(at) from messages
        where recipient_id = ${me} and withheld = 0 and sender_id = senders.sender_id
      ) as at
      from senders
      left join message_positions as reading
        on reading.reader_id = ${me} and reading.sender_id = senders.sender_id
      where senders.sender_id is not null
    )
    select sender_id as "userId", at, (
      select count(*) from (
        select 1 from messages
        where recipient_id = ${me} and withheld = 0 and sender_id = newest.sender_id and at > newest.seen
        limit ${sql.lit(LIMITS.unreadCount)}
      ) as counted
    ) as count
    from newest where at > seen
    order by at desc limit ${sql.lit(LIMITS.unreadConversations)}`.execute(db);
  return rows;
};
