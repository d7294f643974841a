import { SqliteAdapter, SqliteDialect, type DialectAdapter, type Driver } from 'kysely';
import { FairSqliteDriver } from './fair-sqlite-driver.ts';
import type { AdaptedSqlite } from './sqlite-adapter.ts';
import type { SqliteWatcher } from './sqlite-watcher.ts';

class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  /** There is one connection; the driver's queue replaces Kysely's own lock. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

const UNWATCHED: SqliteWatcher = { onProblem: () => undefined, onWritten: () => undefined };

/**
 * Kysely's SQLite dialect with two changes: it declares that SQLite can roll back schema changes, so that
 * migrations run in one transaction, and it runs transactions in the order of their requests.
 */
export class TransactionalSqliteDialect extends SqliteDialect {
  readonly #database: AdaptedSqlite;
  readonly #watcher: SqliteWatcher;

  constructor({ database, watcher = UNWATCHED }: { database: AdaptedSqlite; watcher?: SqliteWatcher }) {
    super({ database });
    this.#database = database;
    this.#watcher = watcher;
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalSqliteAdapter();
  }

  override createDriver(): Driver {
    return new FairSqliteDriver(this.#database, this.#watcher);
  }
}
