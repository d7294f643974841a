import { chmodSync, closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

const OWNER_ONLY = { file: 0o600, folder: 0o700 } as const;
const OTHERS = 0o077;

/** What a database leaves in its folder: itself, its journals, copies and backups. */
const isDatabaseFile = (name: string, database: string): boolean =>
  name.startsWith(database) || /\.(?:db|sqlite3?)(?:[-.].*)?$/.test(name);

/**
 * Creates a file that only its owner can read and write, or takes others' access to an existing one away if it is this
 * user's own.
 * @returns whether others are kept out.
 */
export const keepFilePrivate = (file: string): boolean => {
  closeSync(openSync(file, 'a', OWNER_ONLY.file));
  const { mode, uid } = statSync(file);
  if ((mode & OTHERS) === 0) return true;
  // Somebody else's file may be written by this user all the same: that is no reason not to start.
  if (uid !== process.getuid?.()) return false;
  chmodSync(file, OWNER_ONLY.file);
  return true;
};

/**
 * Keeps others out of the folder of a database, also where the folder was there already, if it is this user's own and
 * holds nothing but databases: a home or `/tmp` has other uses, which closing it would end.
 * @returns whether others are kept out.
 */
export const keepFolderPrivate = (file: string): boolean => {
  const folder = dirname(file);
  const { mode, uid } = statSync(folder);
  if ((mode & OTHERS) === 0) return true;
  const isOwn = uid === process.getuid?.();
  if (!isOwn || !readdirSync(folder).every((name) => isDatabaseFile(name, basename(file)))) return false;
  chmodSync(folder, OWNER_ONLY.folder);
  return true;
};
