import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { keepFilePrivate } from './keep-private.ts';

const KEPT_COPIES = 3;

/**
 * Keeps a copy of an SQLite file next to it, as `FILE.before-TIME`, and removes all but the last three.
 * @param now epoch milliseconds, for the name.
 * @returns the copy's path.
 */
export const keepCopy = (db: DatabaseSync, file: string, now: number): string => {
  const prefix = `${basename(file)}.before-`;
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  const copy = join(dirname(file), prefix + stamp);
  rmSync(copy, { force: true });
  keepFilePrivate(copy);
  db.prepare('vacuum into ?').run(copy);
  const copies = readdirSync(dirname(file))
    .filter((name) => name.startsWith(prefix))
    .sort();
  for (const name of copies.slice(0, -KEPT_COPIES)) rmSync(join(dirname(file), name), { force: true });
  return copy;
};
