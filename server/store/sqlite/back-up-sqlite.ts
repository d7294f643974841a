import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** How long to wait for a server that writes, in milliseconds. */
const BUSY_TIMEOUT = 30_000;

/** A backup cannot be made, or is damaged. */
export class BackupFailed extends Error {
  override name = 'BackupFailed';
}

const check = (file: string): void => {
  const copy = new DatabaseSync(file, { readOnly: true });
  try {
    const [result] = copy.prepare('pragma integrity_check').all();
    if (result?.['integrity_check'] !== 'ok') throw new BackupFailed('the copy is damaged, and was removed');
    if (copy.prepare('pragma foreign_key_check').all().length > 0) {
      throw new BackupFailed('the copy refers to what is not in it, and was removed');
    }
  } finally {
    copy.close();
  }
};

/**
 * Writes the contents of an SQLite file at one moment to a new file. The server may run meanwhile and is not
 * blocked. The copy contains no deleted data. It gets its name only after it was checked, so a file of that
 * name is complete. Only its owner can read it, because it contains password hashes.
 * @returns its size in bytes.
 * @throws BackupFailed
 */
export const backUpSqlite = (file: string, target: string): number => {
  if (!existsSync(file)) throw new BackupFailed(`there is no ${file}`);
  if (existsSync(target)) throw new BackupFailed(`${target} is there already`);
  if (!existsSync(dirname(target))) throw new BackupFailed(`there is no folder ${dirname(target)}`);
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  const mask = process.umask(0o077);
  const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  try {
    db.prepare('vacuum into ?').run(partial);
    check(partial);
    renameSync(partial, target);
  } catch (error) {
    if (error instanceof BackupFailed || !(error instanceof Error)) throw error;
    throw new BackupFailed(`cannot write ${target}: ${error.message.split('\n', 1)[0] ?? ''}`);
  } finally {
    db.close();
    process.umask(mask);
    rmSync(partial, { force: true });
  }
  return statSync(target).size;
};
