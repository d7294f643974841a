import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../log.ts';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { backUpSqlite } from './back-up-sqlite.ts';
import { migrationsFor } from '../migrations/migrations.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { openStore } from '../open-store.ts';
import { SQLITE } from './sqlite-parts.ts';

const NOW = Date.UTC(2030, 0, 2);

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const modesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(join(folder, name))]));

/** A folder that everybody may enter, as if another program had made it. */
const openFolder = (): string => {
  const folder = join(temporaryFolder(), 'data');
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  return folder;
};

describe('an SQLite database', () => {
  it('is readable by its owner only, with its journals and folder, even if folder and files existed before', async () => {
    const folder = openFolder();
    const file = join(folder, 'quick-call.db');
    writeFileSync(file, '', { mode: 0o644 });
    chmodSync(file, 0o644);
    const store = await openSqliteStore(file, NOW);
    await store.accounts.count();
    backUpSqlite(file, join(folder, 'backup.db'));
    expect(modesIn(folder)).toEqual({
      'backup.db': '600',
      'quick-call.db': '600',
      'quick-call.db-shm': '600',
      'quick-call.db-wal': '600',
    });
    expect(modeOf(folder)).toBe('700');
    await store.close();

    chmodSync(folder, 0o755);
    chmodSync(file, 0o644);
    const more = { up: () => Promise.resolve() };
    await (
      await openSqliteStore(file, NOW, { migrations: { ...migrationsFor(SQLITE), '99-more': more } })
    ).close();
    expect(Object.values(modesIn(folder))).toEqual(['600', '600', '600']);
    expect(readdirSync(folder).filter((name) => name.includes('.before-'))).toHaveLength(1);
    expect(modeOf(folder)).toBe('700');
  });

  // Only root can give a file to another user.
  it.runIf(process.getuid?.() === 0)('opens a file of another user, and says so', async () => {
    const folder = openFolder();
    const file = join(folder, 'quick-call.db');
    writeFileSync(file, '');
    chmodSync(file, 0o666);
    chownSync(file, 12_345, 12_345);
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    await (await openStore({ kind: 'sqlite', file }, { now: NOW, log })).close();
    expect(modeOf(file)).toBe('666');
    expect(lines.filter((line) => line.includes('belongs to another user'))).toHaveLength(1);
  });

  it('leaves a folder with other uses as it is, and says so in one line', async () => {
    const folder = openFolder();
    writeFileSync(join(folder, 'letter.txt'), 'Dear Bob');
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    const file = join(folder, 'quick-call.db');
    await (await openStore({ kind: 'sqlite', file }, { now: NOW, log })).close();
    expect(modeOf(folder)).toBe('755');
    expect(modeOf(file)).toBe('600');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(folder);
  });
});
