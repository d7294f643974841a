import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts';

const NOW = 1_800_000_000_000;

it('leaves no word of a removed message in the file', async () => {
  const file = join(temporaryFolder(), 'quick-call.db');
  const store = await openSqliteStore(file, NOW);
  const [from, to] = [randomUUID(), randomUUID()];
  for (const userId of [from, to]) {
    await store.accounts.create({
      userId,
      username: userId.slice(0, 8),
      displayName: 'Somebody',
      passwordHash: 'x',
      chosenStatus: 'available',
      createdAt: NOW,
    });
  }
  const text = 'rendezvous at the Zwiebelmarkt';
  await store.messages.add({ id: randomUUID(), from, to, text, withheld: false, now: NOW });
  await store.messages.removeBefore(NOW + 1);
  await store.close();
  // A checkpoint moves SQLite's write-ahead log into the file, as at the server's stop.
  const raw = new DatabaseSync(file);
  raw.exec('pragma wal_checkpoint(truncate)');
  raw.close();
  expect(readFileSync(file, 'latin1').toLowerCase()).not.toContain('zwiebel');
});
