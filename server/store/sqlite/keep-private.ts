import { chmodSync, closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

const OWNER_ONLY = { file: 0o600, folder: 0o700 } as const;
const OTHERS = 0o077;

/** The files of a database in its folder: the database, its journals, copies and backups. */
const isDatabaseFile = (name: string, database: string): boolean =>
  name.startsWith(database) || /\.(?:db|sqlite3?)(?:[-.].*)?$/.test(name);

/**
 * Creates a file that only its owner can read and write, or removes others' access to an existing file of
 * this user.
 * @returns whether others are kept out.
 */
export const keepFilePrivate = (file: string): boolean => {
  closeSync(openSync(file, 'a', OWNER_ONLY.file));
  const { mode, uid } = statSync(file);
  if ((mode & OTHERS) === 0) return true;
  // This user may still be able to write another user's file, so the start goes on.
  if (uid !== process.getuid?.()) return false;
  chmodSync(file, OWNER_ONLY.file);
  return true;
};

/**
 * Keeps others out of the folder of a database, even if the folder already existed, provided that this user
 * owns it and it holds only databases: closing a home or `/tmp` would break their other uses.
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
