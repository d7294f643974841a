import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { expect, it } from 'vitest';
import { LIMITS } from '../../../protocol/limits.ts';
import { testAccount } from '../../../testkit/server/contract-people.ts';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { migrationsFor } from './migrations.ts';
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts';
import { SQLITE } from '../sqlite/sqlite-parts.ts';

const NOW = 1_800_000_000_000;

const before = (name: string): Record<string, Migration> =>
  Object.fromEntries(Object.entries(migrationsFor(SQLITE)).filter(([step]) => step < name));

/** The rows that an account could have in a version without the cap. */
const pileUp = (userId: string, count: number): Migration => ({
  async up(db: Kysely<unknown>) {
    await sql`with recursive numbers (i) as (select 0 union all select i + 1 from numbers where i < ${count - 1})
      insert into sessions (session_id, user_id, token_hash, created_at, seen_at, expires_at, told_until)
      select ${userId} || i, ${userId}, ${userId} || i, ${NOW}, ${NOW} + i, ${NOW} + 1000000, 0
      from numbers`.execute(db);
  },
});

it('keeps only the sessions of an account that were used last, and leaves other accounts alone', async () => {
  const file = join(temporaryFolder(), 'quick-call.db');
  const old = await openSqliteStore(file, NOW, { migrations: before('017') });
  const [ada, bob] = [testAccount('ada'), testAccount('bob')];
  for (const account of [ada, bob]) await old.accounts.create(account);
  await old.close();
  const piledUp = {
    ...before('017'),
    '016-z-test-ada': pileUp(ada.userId, 20_000),
    '016-z-test-bob': pileUp(bob.userId, 3),
  };
  await (await openSqliteStore(file, NOW, { migrations: piledUp })).close();
  const store = await openSqliteStore(file, NOW, {
    migrations: { ...piledUp, ...migrationsFor(SQLITE) },
  });
  const kept = await store.sessions.ofUser(ada.userId, NOW);
  expect(kept.map(({ seenAt }) => seenAt - NOW)).toEqual(
    Array.from({ length: LIMITS.devices }, (_, i) => 19_999 - i),
  );
  expect(await store.sessions.removeOf(ada.userId)).toHaveLength(LIMITS.devices);
  expect(await store.sessions.ofUser(bob.userId, NOW)).toHaveLength(3);
  await store.close();
});
