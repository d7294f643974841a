import { sql, type Selectable } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import type { MessageSearch } from '../chat/message-search.ts';
import { personWord, searchTerms, toIndexed } from '../chat/search-words.ts';
import type { MessageTable } from '../tables.ts';

/**
 * An FTS5 query for one person's messages that contain all words of `query`, or words that start with them.
 * Null if the query has no words. Every word is quoted, so that it contains no syntax. The person is part of
 * the query, so that it does not read other people's messages.
 */
const toMatch = (me: UserId, query: string): string | null => {
  const terms = searchTerms(query).map((term) => `"${toIndexed(term).trim()}"*`);
  return terms.length === 0 ? null : `people : "${personWord(me)}" AND words : (${terms.join(' AND ')})`;
};

/** Full text search by SQLite's FTS5. */
export const sqliteMessageSearch: MessageSearch = {
  async create(db) {
    // `So` and `Co` make emoji searchable.
    await sql`create virtual table message_index using fts5(
      people, words, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So'")`.execute(db);
    // Without it, a deleted message's words stay in the index's file until it is rewritten.
    await sql`insert into message_index (message_index, rank) values ('secure-delete', 1)`.execute(db);
    // A trigger, so that no way of removing messages leaves their words behind.
    await sql`create trigger messages_leave_index after delete on messages begin
      delete from message_index where rowid = old.n;
    end`.execute(db);
  },
  async add(transaction, { n, people, text }) {
    await sql`insert into message_index (rowid, people, words)
      values (${n}, ${people.map(personWord).join(' ')}, ${toIndexed(text)})`.execute(transaction);
  },
  async find(db, me, query, limit) {
    const match = toMatch(me, query);
    if (match === null) return [];
    const { rows } = await sql<Selectable<MessageTable>>`
      select messages.* from message_index join messages on messages.n = message_index.rowid
      where message_index match ${match}
        and (sender_id = ${me} or (recipient_id = ${me} and withheld = 0))
      order by message_index.rowid desc limit ${limit}`.execute(db);
    return rows;
  },
};
