import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findPostgres } from '../../../tools/find-postgres.ts';
import type { DatabaseSettings } from '../../store/database-settings.ts';
import { openSqliteStore } from '../../store/sqlite/open-sqlite-store.ts';
import { openStore } from '../../store/open-store.ts';
import { TABLE_NAMES } from '../../store/table-names.ts';
import { NOW } from '../../../testkit/server/contract-people.ts';
import { everyRow } from '../../../testkit/server/every-row.ts';
import { fillStore } from '../../../testkit/server/fill-store.ts';
import { createAdminRunner, type AdminRan } from '../../../testkit/server/create-admin-runner.ts';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { testPostgres } from '../../../testkit/server/test-postgres.ts';

const run = promisify(execFile);

const runners = [createAdminRunner(), createAdminRunner()] as const;

const admin = (args: string[], env: Record<string, string> = {}, runner = runners[0]): Promise<AdminRan> =>
  runner({ args, env, input: '' });

const sqliteAt = (file: string): DatabaseSettings => ({ kind: 'sqlite', file });
const postgresAt = (url: string): DatabaseSettings => ({ kind: 'postgres', url });

/** An installation with every table filled. */
const filledFile = async (): Promise<string> => {
  const file = join(temporaryFolder(), 'quick-call.db');
  const store = await openSqliteStore(file, NOW);
  await fillStore(store);
  await store.close();
  return file;
};

/** Checks that the copy goes on working: messages are found, and new rows get numbers of their own. */
const expectAlive = async (database: DatabaseSettings): Promise<void> => {
  const store = await openStore(database, { now: NOW });
  const ada = await store.accounts.byUsername('ada');
  const bob = await store.accounts.byUsername('bob');
  const [from, to] = [ada?.userId ?? '', bob?.userId ?? ''];
  expect((await store.messages.search(from, '下午', 100)).items).toHaveLength(33);
  const withheld = (await store.messages.search(from, 'cafe', 100)).items.length;
  expect((await store.messages.search(to, 'cafe', 100)).items.length).toBeLessThanOrEqual(withheld);
  const id = '0f1e2d3c-4b5a-4968-8776-655443322110';
  await store.messages.add({ id, from, to, text: 'Gänseblümchen', withheld: false, now: NOW });
  expect((await store.messages.search(to, 'ganse', 9)).items).toHaveLength(1);
  const last = await store.operator.lastChange();
  await store.operator.recordChange({ kind: 'account-created', userId: from }, NOW);
  expect(await store.operator.lastChange()).toBeGreaterThan(last);
  await store.close();
};

describe('npm run admin -- copy', () => {
  it('moves an installation to PostgreSQL and back, every row of every table', async () => {
    const file = await filledFile();
    const before = await everyRow(sqliteAt(file));
    for (const table of TABLE_NAMES) expect([table, before[table]?.length]).not.toEqual([table, 0]);

    const url = await testPostgres('empty');
    const there = await admin(['copy', '--from', `sqlite:${file}`, '--to', url, '--json']);
    expect([there.code, there.err]).toEqual([0, '']);
    expect(JSON.parse(there.out)).toContainEqual({ table: 'messages', rows: 130 });
    expect(await everyRow(postgresAt(url))).toEqual(before);

    const again = join(temporaryFolder(), 'again.db');
    const back = await admin(['copy', '--from', url, '--to', `sqlite:${again}`]);
    expect(back.out).toMatch(/^TABLE +ROWS\naccounts +4\n/);
    expect(await everyRow(sqliteAt(again))).toEqual(before);
    await expectAlive(postgresAt(url));
    await expectAlive(sqliteAt(again));
  });

  it('refuses a target that has something in it, and changes nothing there', async () => {
    const [file, other] = [await filledFile(), await filledFile()];
    const before = await everyRow(sqliteAt(other));
    const ran = await admin(['copy', '--from', `sqlite:${file}`, '--to', `sqlite:${other}`]);
    expect(ran).toEqual({ code: 1, out: '', err: 'quick-call: the target is not empty: it has accounts\n' });
    expect(await everyRow(sqliteAt(other))).toEqual(before);
  });

  it('says in one line what is wrong, without a password', async () => {
    const file = await filledFile();
    for (const [from, to, line] of [
      ['sqlite:/nowhere/x.db', `sqlite:${file}`, '--from: there is no /nowhere/x.db'],
      ['secret', `sqlite:${file}`, '--from must be'],
      [`sqlite:${file}`, 'sqlite::memory:', '--to cannot be in memory'],
      [`sqlite:${file}`, 'postgres://a:secret@127.0.0.1:1/b', '--to: PostgreSQL cannot be reached'],
    ] as const) {
      const ran = await admin(['copy', '--from', from, '--to', to]);
      expect(ran.code).toBe(1);
      expect(ran.err).toMatch(/^quick-call: [^\n]+\n$/);
      expect(ran.err).toContain(line);
      expect(ran.err).not.toContain('secret');
    }
    expect(existsSync('data')).toBe(false);
  });
});

describe('npm run admin -- backup', () => {
  it('writes a whole copy while a server goes on writing, and a restore needs nothing else', async () => {
    const file = await filledFile();
    const running = await openSqliteStore(file, NOW);
    const before = await everyRow(sqliteAt(file));
    const backup = join(temporaryFolder(), 'backup.db');
    const ran = await admin(['backup', backup], { DATABASE_URL: `sqlite:${file}` });
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(/^\S+backup\.db: \d+ KiB\n$/);
    expect(statSync(backup).mode & 0o077).toBe(0);
    const ada = await running.accounts.byUsername('ada');
    await running.accounts.rename(ada?.userId ?? '', 'Changed since');
    // The server dies, with a log of its last changes beside the file.
    const dead = join(temporaryFolder(), 'quick-call.db');
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, dead + suffix);
    await running.close();
    // As docs/database.md says.
    for (const suffix of ['', '-wal', '-shm']) rmSync(dead + suffix, { force: true });
    copyFileSync(backup, dead);
    const restored = await openSqliteStore(dead, NOW);
    expect((await restored.accounts.byUsername('ada'))?.displayName).toBe('ADA');
    await restored.close();
    expect(await everyRow(sqliteAt(dead))).toEqual(before);
    await expectAlive(sqliteAt(dead));
  });

  it('never overwrites a file, and leaves no half-written one', async () => {
    const file = await filledFile();
    const folder = temporaryFolder();
    const backup = join(folder, 'backup.db');
    copyFileSync(file, backup);
    const before = readFileSync(backup);
    const env = { DATABASE_URL: `sqlite:${file}` };
    expect((await admin(['backup', backup], env)).err).toBe(`quick-call: ${backup} is there already\n`);
    expect(readFileSync(backup)).toEqual(before);
    const none = await admin(['backup', join(folder, 'none.db')], { DATABASE_URL: 'sqlite:/nowhere/x.db' });
    expect(none).toMatchObject({ code: 1, err: 'quick-call: there is no /nowhere/x.db\n' });
    expect(existsSync(join(folder, 'none.db'))).toBe(false);
  });

  it('says in one line that a folder is not there or cannot be written', async () => {
    const env = { DATABASE_URL: `sqlite:${await filledFile()}` };
    const folder = temporaryFolder();
    for (const [target, line] of [
      [join(folder, 'nowhere', 'x.db'), `there is no folder ${join(folder, 'nowhere')}`],
      ['/proc/x.db', 'cannot write /proc/x.db: '],
    ] as const) {
      const ran = await admin(['backup', target], env);
      expect([ran.code, ran.out]).toEqual([1, '']);
      expect(ran.err).toMatch(/^quick-call: [^\n]+\n$/);
      expect(ran.err).toContain(`quick-call: ${line}`);
    }
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('names PostgreSQL’s own tool, with which everything comes back', async () => {
    const url = await testPostgres();
    const store = await openStore(postgresAt(url), { now: NOW });
    await fillStore(store);
    await store.close();
    const refused = await admin(['backup', 'x.db'], { DATABASE_URL: url });
    expect(refused.err).toBe(
      'quick-call: DATABASE_URL is PostgreSQL, which has pg_dump (docs/database.md)\n',
    );
    // As docs/database.md says.
    const dump = join(temporaryFolder(), 'quick-call.dump');
    await run(findPostgres('pg_dump') ?? '', ['--format=custom', `--file=${dump}`, url]);
    const restored = await testPostgres('empty');
    const options = ['--exit-on-error', '--single-transaction', '--no-owner', `--dbname=${restored}`, dump];
    await run(findPostgres('pg_restore') ?? '', options);
    expect(await everyRow(postgresAt(restored))).toEqual(await everyRow(postgresAt(url)));
    await expectAlive(postgresAt(restored));
  });
});

describe('npm run migrate', () => {
  it('brings either database up to date, also when several do so at once', async () => {
    const folder = temporaryFolder();
    // Many, because two at once do not always meet.
    const files = Array.from({ length: 40 }, (_, i) => `sqlite:${join(folder, `${String(i)}.db`)}`);
    for (const address of [await testPostgres('empty'), ...files]) {
      const both = runners.map((runner) =>
        admin(['migrate', '--create-database'], { DATABASE_URL: address }, runner),
      );
      for (const ran of await Promise.all(both)) {
        expect(ran).toEqual({ code: 0, out: 'the database is up to date\n', err: '' });
      }
      const database = address.startsWith('sqlite:')
        ? sqliteAt(address.slice('sqlite:'.length))
        : postgresAt(address);
      expect((await everyRow(database))['accounts']).toEqual([]);
    }
  });
});
