import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Bytes written on trial. A message and its index take less. */
const TRIED = 65_536;
/** With fewer bytes left on the disk, a trial shows whether they can be used. */
const LITTLE = 4_194_304;

/** Whether the disk of a file is nearly full. */
export const isNearlyFull = async (file: string): Promise<boolean> => {
  if (file === ':memory:') return false;
  const { bavail, bsize } = await statfs(dirname(file));
  return bavail * bsize < LITTLE;
};

/** Writes something and removes it again. Rejects if there is no room for it. */
export const proveRoom = async (db: Kysely<Tables>): Promise<void> => {
  await db.transaction().execute(async (transaction) => {
    await sql`create table quick_call_room (x)`.execute(transaction);
    await sql`insert into quick_call_room values (zeroblob(${TRIED}))`.execute(transaction);
    await sql`drop table quick_call_room`.execute(transaction);
  });
};
