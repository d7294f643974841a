import { sql, type Selectable } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import { foldedWords } from '../chat/folded-words.ts';
import type { IndexedMessage, MessageSearch } from '../chat/message-search.ts';
import { personWord, searchTerms } from '../chat/search-words.ts';
import type { MessageTable } from '../tables.ts';

// Words contain only letters, numbers and symbols (`foldedWords`), so that a quoted word contains no syntax.
// A person's word starts with a symbol that no word of a text has.
const quote = (word: string): string => `'${word}'`;
const person = (userId: UserId): string => `'@${personWord(userId)}'`;

/** A message as `tsvector`: the people who may find it, and its words with their positions. */
const toVector = ({ people, text }: IndexedMessage): string =>
  [
    ...people.map(person),
    ...foldedWords(text).map((word, place) => `${quote(word)}:${String(place + 1)}`),
  ].join(' ');

/**
 * A `tsquery` for one person's messages that contain all words of `query`, or words that start with them.
 * Null if the query has no words. The person is part of the query, so that it does not read other people's
 * messages.
 */
const toQuery = (me: UserId, query: string): string | null => {
  const terms = searchTerms(query)
    .map((term) => foldedWords(term).map(quote).join(' <-> '))
    .filter((term) => term !== '');
  return terms.length === 0 ? null : [person(me), ...terms.map((term) => `(${term}:*)`)].join(' & ');
};

/**
 * Full text search by PostgreSQL's `tsvector`. Our own code splits the words, so that they are the same on
 * every machine.
 */
export const postgresMessageSearch: MessageSearch = {
  async create(db) {
    await sql`create table message_index (
      n bigint primary key references messages (n) on delete cascade, words tsvector not null)`.execute(db);
    // `fastupdate` is off: every search would also have to read its list of pending entries.
    await sql`create index message_index_words on message_index using gin (words)
      with (fastupdate = off)`.execute(db);
  },
  async add(transaction, message) {
    await sql`insert into message_index (n, words)
      values (${message.n}, cast(${toVector(message)} as tsvector))`.execute(transaction);
  },
  async find(db, me, query, limit) {
    const match = toQuery(me, query);
    if (match === null) return [];
    const { rows } = await sql<Selectable<MessageTable>>`
      select messages.* from message_index join messages on messages.n = message_index.n
      where words @@ cast(${match} as tsquery)
        and (sender_id = ${me} or (recipient_id = ${me} and withheld = 0))
      order by messages.n desc limit ${limit}`.execute(db);
    return rows;
  },
};
