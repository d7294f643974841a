import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { expect, it } from 'vitest';
import { LIMITS } from '../../protocol/limits.ts';
import { endedRecord } from '../../testkit/server/call-records.ts';
import { testAccount } from '../../testkit/server/contract-people.ts';
import { temporaryFolder } from '../../testkit/server/temporary-folder.ts';
import { testPostgres } from '../../testkit/server/test-postgres.ts';
import { connectDatabase } from './connect-database.ts';
import type { DatabaseSettings } from './database-settings.ts';
import { openStore } from './open-store.ts';
import type { Tables } from './tables.ts';

const HISTORY_ENTRIES = 4000;
const NOW = 1_800_000_000_000;
/** Far more of everything than the limits allow. */
const PILE = 6000;

/** Written past every rule of the server, as by a fault or by a version without the rule. */
const pileUp = async (db: Kysely<Tables>, ada: string, bob: string, eve: string): Promise<void> => {
  const numbers = sql`with recursive numbers (i) as (
    select 0 union all select i + 1 from numbers where i < ${sql.lit(PILE - 1)})`;
  const id = sql`cast(i as text)`;
  await sql`insert into accounts (user_id, username, display_name, chosen_status, created_at)
    ${numbers} select ${id}, 'person' || ${id}, 'Person', 'available', 0 from numbers`.execute(db);
  await sql`insert into sessions
    (session_id, user_id, token_hash, created_at, seen_at, expires_at, told_until)
    ${numbers} select ${id}, ${ada}, ${id}, 0, i, ${sql.lit(NOW)} + 1000, 0 from numbers`.execute(db);
  await sql`insert into contacts (user_id, other_id)
    ${numbers} select ${ada}, ${id} from numbers`.execute(db);
  await sql`insert into blocks (blocker_id, blocked_id)
    ${numbers} select ${eve}, ${id} from numbers`.execute(db);
  await sql`insert into contact_requests (from_id, to_username, created_at, declined)
    ${numbers} select ${ada}, ${id}, i, 0 from numbers`.execute(db);
  await sql`insert into history
    (user_id, placed_at, call_id, other_id, direction, media, reason, unseen)
    ${numbers} select ${ada}, i, ${id}, ${bob}, 'incoming', 'audio', 'no-answer', 1 from numbers`.execute(db);
  // Bob writes many messages that Ada may read, and more that she may not.
  await sql`insert into messages (message_id, pair, at, sender_id, recipient_id, text, withheld)
    ${numbers} select ${id}, ${[ada, bob].sort().join(':')}, i, ${bob}, ${ada}, 'x', i % 100 / 99
    from numbers`.execute(db);
  await sql`insert into messages (message_id, pair, at, sender_id, recipient_id, text, withheld)
    ${numbers} select 'w' || ${id}, ${[ada, bob].sort().join(':')}, ${sql.lit(PILE)} + i, ${bob}, ${ada}, 'x', 1
    from numbers`.execute(db);
};

const KINDS: readonly { name: string; create: () => Promise<DatabaseSettings> }[] = [
  {
    name: 'SQLite',
    create: () => Promise.resolve({ kind: 'sqlite', file: join(temporaryFolder(), 'quick-call.db') }),
  },
  { name: 'PostgreSQL', create: async () => ({ kind: 'postgres', url: await testPostgres() }) },
];

it.each(KINDS)('the lists of an account with too many rows stay short in $name', async ({ create }) => {
  const settings = await create();
  const store = await openStore(settings, { now: NOW, historyEntries: HISTORY_ENTRIES });
  const [ada, bob, eve] = [testAccount('ada'), testAccount('bob'), testAccount('eve')];
  for (const account of [ada, bob, eve]) await store.accounts.create(account);
  const { db } = connectDatabase(settings);
  await pileUp(db, ada.userId, bob.userId, eve.userId);
  await db.destroy();

  expect(await store.sessions.ofUser(ada.userId, NOW)).toHaveLength(LIMITS.devices);
  expect(await store.profiles.contacts(ada.userId)).toHaveLength(LIMITS.contacts);
  // A blocked person is in no contact list of the blocker, so another account does the blocking.
  expect(await store.blocks.blockedBy(eve.userId)).toHaveLength(LIMITS.blocked);
  expect(await store.requests.by(ada.userId)).toHaveLength(LIMITS.requests);
  expect((await store.history.missed(ada.userId)).count).toBe(LIMITS.missedCount);
  const history = await store.history.page(ada.userId, { limit: LIMITS.historyPage });
  expect(history.entries).toHaveLength(LIMITS.historyPage);

  const newest = PILE - 2;
  expect(await store.messages.unread(ada.userId)).toEqual([
    { userId: bob.userId, count: LIMITS.unreadCount, at: newest },
  ]);
  const { items, more } = await store.messages.page(ada.userId, bob.userId, { limit: 30 });
  expect([items.length, more]).toEqual([30, true]);
  expect(items.at(-1)?.at).toBe(newest);
  const theirs = await store.messages.page(bob.userId, ada.userId, { limit: 30 });
  expect(theirs.items.at(-1)?.at).toBe(2 * PILE - 1);
  await store.messages.advance({ reader: ada.userId, sender: bob.userId }, { at: PILE * 2, mark: 'read' });
  expect(await store.messages.unread(ada.userId)).toEqual([]);
  const told = await store.messages.tell({ reader: ada.userId, sender: bob.userId });
  expect(told.read).toHaveLength(LIMITS.messagesPerPage);

  // The next call that ends cuts the history down to the limit.
  const ended = endedRecord(ada.userId, bob.userId);
  await store.calls.save(ended);
  await store.history.see(ada.userId);
  const { db: after } = connectDatabase(settings);
  const rows = await after
    .selectFrom('history')
    .select('call_id')
    .where('user_id', '=', ada.userId)
    .execute();
  await after.destroy();
  expect(rows).toHaveLength(HISTORY_ENTRIES);
  expect(rows.map((row) => row.call_id)).toContain(ended.callId);
  await store.close();
});
