import { CompiledQuery, SqliteDriver, type DatabaseConnection, type SqliteDialectConfig } from 'kysely';

/**
 * Kysely's SQLite driver with a queue for its one connection. Kysely's own lock wakes all waiting requests at
 * once and lets new ones in between, so that two messages of one person could be stored in the wrong order.
 */
export class FairSqliteDriver extends SqliteDriver {
  #last: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  // eslint-disable-next-line @typescript-eslint/no-useless-constructor -- Kysely's types give it none to inherit
  constructor(config: SqliteDialectConfig) {
    super(config);
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#last = promise;
    await before;
    this.#release = () => {
      resolve(undefined);
    };
    return super.acquireConnection();
  }

  /**
   * Begins as a write transaction. A transaction that reads first fails with SQLITE_BUSY_SNAPSHOT, which
   * SQLite does not wait for, if another process, such as the operator's command, writes before it does.
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override releaseConnection(): Promise<void> {
    this.#release();
    return Promise.resolve();
  }
}
