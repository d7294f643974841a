import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { expect, it } from 'vitest';
import { testAccount } from '../../../testkit/server/contract-people.ts';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { migrationsFor } from './migrations.ts';
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts';
import { SQLITE } from '../sqlite/sqlite-parts.ts';

const NOW = 1_800_000_000_000;
const HASH = 'a'.repeat(22);

it('freezes blockers without a picture, freezes blocked people as they are, and keeps pictures', async () => {
  const file = join(temporaryFolder(), 'quick-call.db');
  const before = Object.fromEntries(Object.entries(migrationsFor(SQLITE)).filter(([step]) => step < '016'));
  const [ada, bob] = [testAccount('ada'), testAccount('bob')];
  const fill: Migration = {
    async up(db: Kysely<unknown>) {
      for (const { userId } of [ada, bob]) {
        await sql`update accounts set picture = ${HASH} where user_id = ${userId}`.execute(db);
        await sql`insert into pictures (user_id, type, bytes) values (${userId}, 'image/png', ${Uint8Array.of(7)})`.execute(
          db,
        );
      }
      await sql`insert into blocks (blocker_id, blocked_id) values (${ada.userId}, ${bob.userId})`.execute(
        db,
      );
    },
  };
  const old = await openSqliteStore(file, NOW, { migrations: before });
  for (const account of [ada, bob]) await old.accounts.create(account);
  await old.close();
  const filled = { ...before, '015-z-test': fill };
  await (await openSqliteStore(file, NOW, { migrations: filled })).close();

  const store = await openSqliteStore(file, NOW, { migrations: { ...filled, ...migrationsFor(SQLITE) } });
  const { profiles, pictures } = store;
  expect(await profiles.listed(bob.userId, ada.userId)).toEqual({
    person: { userId: ada.userId, username: 'ada', displayName: 'ADA' },
    blocks: true,
    frozen: { lastSeen: null },
  });
  expect(await pictures.shownTo(bob.userId, ada.userId)).toBeNull();
  expect(await profiles.listed(ada.userId, bob.userId)).toMatchObject({ person: { picture: HASH } });
  for (const { userId } of [ada, bob]) {
    expect(await pictures.of(userId)).toMatchObject({ bytes: Uint8Array.of(7) });
  }
  await store.close();
});
