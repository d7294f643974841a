import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Logger } from 'pino';
import { ConfigError } from '../../config-error.ts';
import { createSqlStores } from '../create-sql-stores.ts';
import { keepCopy } from './keep-copy.ts';
import { keepFilePrivate, keepFolderPrivate } from './keep-private.ts';
import { makeFolder } from './make-folder.ts';
import { migrate } from '../migrations/migrate.ts';
import { migrationsFor } from '../migrations/migrations.ts';
import { adaptSqlite } from './sqlite-adapter.ts';
import { isNearlyFull, proveRoom } from './prove-room.ts';
import { sqliteProblemOf } from './sqlite-failure.ts';
import { SqliteHealth } from './sqlite-watcher.ts';
import { createPatientCallRecords } from '../calls/patient-call-records.ts';
import { SQLITE } from './sqlite-parts.ts';
import type { Store } from '../../store.ts';
import type { Tables } from '../tables.ts';
import { TransactionalSqliteDialect } from './transactional-sqlite-dialect.ts';

/** Milliseconds for which the start waits for another process. Later, SQLite waits for none: the event loop would wait, too. */
const BUSY_TIMEOUT_MS = 5000;

/** Options of `openSqliteStore`. */
export interface SqliteOptions {
  log?: Pick<Logger, 'warn' | 'info'>;
  /** Entries in one person's history. */
  historyEntries?: number;
  migrations?: Readonly<Record<string, Migration>>;
}

/**
 * Only the server's user may read the file, because it contains password hashes. SQLite gives the journals
 * the same mode.
 */
const keepPrivate = (file: string, log: Pick<Logger, 'warn'> | undefined): void => {
  makeFolder(dirname(file));
  const journals = [`${file}-wal`, `${file}-shm`].filter((journal) => existsSync(journal));
  for (const foreign of [file, ...journals].filter((each) => !keepFilePrivate(each))) {
    log?.warn({ file: foreign }, 'a file of the database belongs to another user, and others may read it');
  }
  if (!keepFolderPrivate(file)) {
    log?.warn(
      { folder: dirname(file) },
      'the database is in a folder that others may enter: give it one of its own',
    );
  }
};

/** Milliseconds between two tries. */
const TRY_AGAIN = 10;

/**
 * If two processes switch the same new file to WAL, SQLite refuses one of them at once, whatever its timeout.
 */
const turnToWal = (db: DatabaseSync): void => {
  const end = Date.now() + BUSY_TIMEOUT_MS;
  const sleeper = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  for (;;) {
    try {
      db.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      if (sqliteProblemOf(error) !== 'busy' || Date.now() > end) throw error;
      Atomics.wait(sleeper, 0, 0, TRY_AGAIN);
    }
  }
};

const openFile = (file: string, log: Pick<Logger, 'warn'> | undefined): DatabaseSync => {
  try {
    if (file !== ':memory:') keepPrivate(file, log);
    const db = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: BUSY_TIMEOUT_MS });
    turnToWal(db);
    db.exec('pragma synchronous = normal');
    db.exec('pragma secure_delete = on');
    // Finds out now that a file is read-only, not at the first sign-up.
    db.exec('begin immediate; create table quick_call_write_check (x); rollback');
    return db;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : 'it cannot be opened';
    throw new ConfigError(`DATABASE_URL: cannot write ${file}: ${why ?? ''}`);
  }
};

/**
 * Opens (and creates) the embedded database and runs its migrations. Before it migrates an existing file, it
 * makes a copy next to it.
 * @param file absolute path, or `:memory:`.
 * @throws ConfigError when the file cannot be written, or was made by a newer version.
 */
export const openSqliteStore = async (
  file: string,
  now: number,
  { log, historyEntries, migrations = migrationsFor(SQLITE) }: SqliteOptions = {},
): Promise<Store> => {
  const raw = openFile(file, log);
  const health = new SqliteHealth(file, log);
  const dialect = new TransactionalSqliteDialect({ database: adaptSqlite(raw), watcher: health });
  const db = new Kysely<Tables>({ dialect });
  try {
    await migrate(db, migrations, () => {
      if (file !== ':memory:') keepCopy(raw, file, now);
    });
  } catch (error) {
    await db.destroy();
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : '';
    throw new ConfigError(`DATABASE_URL: cannot bring ${file} up to date: ${why ?? ''}`, { cause: error });
  }
  raw.exec('pragma busy_timeout = 0');
  const storesOf = (connection: Kysely<Tables>) => createSqlStores(connection, SQLITE, historyEntries);
  const stores = storesOf(db);
  const calls = createPatientCallRecords(stores.calls);
  return {
    ...stores,
    calls,
    atomically: (work) => db.transaction().execute((transaction) => work(storesOf(transaction))),
    async ping() {
      await db.selectFrom('accounts').select('user_id').limit(1).execute();
      if (health.problem === null && !(await isNearlyFull(file))) return;
      await proveRoom(db);
      health.onUsable();
    },
    scrub: () => SQLITE.scrub(db),
    async close() {
      await calls.close();
      await db.destroy();
    },
  };
};
