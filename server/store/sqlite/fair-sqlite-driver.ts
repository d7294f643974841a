import { CompiledQuery, type DatabaseConnection, type Driver } from 'kysely';
import type { AdaptedSqlite } from './sqlite-adapter.ts';
import { SqliteTurn, type SharedSqlite } from './sqlite-turn.ts';
import type { SqliteWatcher } from './sqlite-watcher.ts';

/**
 * Kysely's driver on Node's SQLite, with a queue for its one connection. Kysely's own lock wakes all waiting requests at
 * once and lets new ones in between, so that two messages of one person could be stored in the wrong order.
 */
export class FairSqliteDriver implements Driver {
  readonly #shared: SharedSqlite;
  #last: Promise<void> = Promise.resolve();
  readonly #releases = new WeakMap<DatabaseConnection, () => void>();

  constructor(db: AdaptedSqlite, watcher: SqliteWatcher) {
    this.#shared = { db, watcher, readers: new Set(), held: false };
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const before = this.#last;
    // A reader that did not wait for its turn may finish before the requests ahead of it.
    this.#last = Promise.all([before, promise]).then(() => undefined);
    const turn = new SqliteTurn(this.#shared, before);
    this.#releases.set(turn, () => {
      resolve(undefined);
    });
    return Promise.resolve(turn);
  }

  /**
   * Begins as a write transaction. A transaction that reads first fails with SQLITE_BUSY_SNAPSHOT, which
   * SQLite does not wait for, if another process, such as the operator's command, writes before it does.
   */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** If the disk is full, SQLite has rolled back already, and a second rollback would fail. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#shared.db.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#releases.get(connection)?.();
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.#shared.db.close();
    return Promise.resolve();
  }
}
