import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { describe, expect, it } from 'vitest';
import { describeStore } from '../../../testkit/server/store-contract.ts';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { migrationsFor } from '../migrations/migrations.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { SQLITE } from './sqlite-parts.ts';

const NOW = Date.UTC(2030, 0, 2, 3, 4, 5);
const MIGRATIONS = migrationsFor(SQLITE);

describeStore('SQLite', () => openSqliteStore(':memory:', NOW));

const addColumn = (name: string): Migration => ({
  up: (db) => sql`alter table accounts add column ${sql.ref(name)} text`.execute(db).then(() => undefined),
});

const copiesIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.includes('.before-'));

describe('opening an SQLite file', () => {
  it('creates folder and file, and makes no copy of a new file', async () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    const file = join(folder, 'quick-call.db');
    await (await openSqliteStore(file, NOW)).close();
    await (await openSqliteStore(file, NOW)).close();
    expect(readdirSync(folder)).toEqual(['quick-call.db']);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('copies an existing file before it migrates it, and keeps the last three copies', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'quick-call.db');
    const first = await openSqliteStore(file, NOW);
    await first.accounts.create({
      userId: '5d3c1a52-9d6f-4a53-8a53-0d1c2b3a4f5e',
      username: 'ada',
      displayName: 'Ada',
      passwordHash: 'x',
      chosenStatus: 'available',
      createdAt: NOW,
    });
    await first.close();

    const steps: Record<string, Migration> = { ...MIGRATIONS };
    for (let i = 0; i < 5; i += 1) {
      steps[`9${String(i)}-more`] = addColumn(`more${String(i)}`);
      await (await openSqliteStore(file, NOW + i * 1000, { migrations: steps })).close();
    }
    expect(copiesIn(folder).sort()).toEqual([
      'quick-call.db.before-2030-01-02T03-04-07-000Z',
      'quick-call.db.before-2030-01-02T03-04-08-000Z',
      'quick-call.db.before-2030-01-02T03-04-09-000Z',
    ]);
    const copy = new DatabaseSync(join(folder, copiesIn(folder).sort()[0] ?? ''), { readOnly: true });
    expect(copy.prepare('select username, more1 from accounts').all()).toEqual([
      { username: 'ada', more1: null },
    ]);
    expect(() => copy.prepare('select more2 from accounts')).toThrow();
    copy.close();
  });

  it('leaves everything as it was when a migration fails', async () => {
    const file = join(temporaryFolder(), 'quick-call.db');
    await (await openSqliteStore(file, NOW)).close();
    const steps: Record<string, Migration> = {
      ...MIGRATIONS,
      '90-good': addColumn('good'),
      '91-bad': { up: () => Promise.reject(new Error('step 91 is broken')) },
    };
    await expect(openSqliteStore(file, NOW, { migrations: steps })).rejects.toThrow(
      /^DATABASE_URL: .*step 91 is broken$/,
    );
    const raw = new DatabaseSync(file);
    expect(() => raw.prepare('select good from accounts')).toThrow();
    raw.close();
    await (await openSqliteStore(file, NOW)).close();
  });

  it('refuses a file of a newer version', async () => {
    const file = join(temporaryFolder(), 'quick-call.db');
    await (
      await openSqliteStore(file, NOW, { migrations: { ...MIGRATIONS, '99-newer': addColumn('newer') } })
    ).close();
    await expect(openSqliteStore(file, NOW)).rejects.toThrow(/^DATABASE_URL: .*99-newer/);
  });

  it('says in one line what is wrong with the path', async () => {
    const folder = temporaryFolder();
    const noDatabase = join(folder, 'letter.txt');
    writeFileSync(noDatabase, 'Dear Ada, this is not a database. '.repeat(40));
    for (const file of [noDatabase, join(noDatabase, 'quick-call.db'), '/proc/quick-call/x.db', folder]) {
      const error: unknown = await openSqliteStore(file, NOW).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'ConfigError' });
      expect(String(error)).toMatch(/^ConfigError: DATABASE_URL: [^\n]+$/);
    }
  });

  it('uses the write-ahead log, enforces foreign keys and overwrites deleted data', async () => {
    const file = join(temporaryFolder(), 'quick-call.db');
    await (await openSqliteStore(file, NOW)).close();
    const raw = new DatabaseSync(file);
    expect(raw.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
    raw.close();
  });
});
