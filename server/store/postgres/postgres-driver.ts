import {
  AbortedTransactionError,
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { setPatientTimeout } from '../../set-patient-timeout.ts';
import { toPostgresFailure } from './postgres-failure.ts';

/** Hears whether the database answers, for the log. */
export interface PostgresWatcher {
  onAnswer: () => void;
  /** @param code PostgreSQL's or the network's. */
  onUnavailable: (code: string) => void;
}

/** How long a request waits for a connection, in milliseconds. */
const CONNECTION_WITHIN = 3000;

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** With these errors PostgreSQL also closes the connection: it stops, or has waited too long. */
const ENDING = /^(?:08|57P)|^25P03$/;

const endsConnection = (error: unknown): boolean =>
  !(error instanceof DatabaseError) || ENDING.test(error.code ?? '');

const coded = (error: unknown, watcher: PostgresWatcher): Error => {
  const failure = toPostgresFailure(error);
  if (failure.error.code === 'unavailable') watcher.onUnavailable(failure.code);
  return failure.error;
};

/** Gets a connection from the pool. One that comes too late is returned to the pool. */
const takeConnection = (pool: Pool): Promise<PoolClient> =>
  new Promise((resolve, reject) => {
    let isLate = false;
    const stop = setPatientTimeout(() => {
      isLate = true;
      reject(new Error('no connection in time'));
    }, CONNECTION_WITHIN);
    pool.connect().then(
      (client) => {
        stop();
        if (isLate) client.release();
        else resolve(client);
      },
      (error: unknown) => {
        stop();
        reject(error instanceof Error ? error : new Error('no connection'));
      },
    );
  });

class PostgresConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #watcher: PostgresWatcher;
  /** The connection is broken, not the statement: it is closed and not reused. */
  #broken = false;

  constructor(client: PoolClient, watcher: PostgresWatcher) {
    this.#client = client;
    this.#watcher = watcher;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const { command, rowCount, rows } = await this.#client.query(sql, [...parameters]);
      this.#watcher.onAnswer();
      if (command === 'ROLLBACK' && sql === 'commit') throw new AbortedTransactionError();
      return {
        ...(CHANGES.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }),
        // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the query builder knows what a row is, the driver cannot
        rows,
      };
    } catch (error) {
      if (error instanceof AbortedTransactionError) throw error;
      if (endsConnection(error)) this.#broken = true;
      throw coded(error, this.#watcher);
    }
  }

  /** Within a transaction only. */
  async *streamQuery<R>(
    { sql, parameters }: CompiledQuery,
    chunkSize: number,
  ): AsyncIterableIterator<QueryResult<R>> {
    await this.executeQuery(CompiledQuery.raw(`declare stream no scroll cursor for ${sql}`, [...parameters]));
    const fetch = CompiledQuery.raw(`fetch ${String(chunkSize)} from stream`);
    for (;;) {
      const chunk = await this.executeQuery<R>(fetch);
      if (chunk.rows.length === 0) break;
      yield chunk;
    }
    await this.executeQuery(CompiledQuery.raw('close stream'));
  }

  discard(): void {
    this.#broken = true;
  }

  release(): void {
    this.#client.release(this.#broken);
  }
}

/**
 * Kysely on a pool of `pg`. Unlike Kysely's own driver it turns errors into codes, and closes a connection
 * that did not answer in time: the next user of that connection would wait behind the unfinished query.
 */
export class PostgresDriver implements Driver {
  readonly #pool: Pool;
  readonly #watcher: PostgresWatcher;

  constructor(pool: Pool, watcher: PostgresWatcher) {
    this.#pool = pool;
    this.#watcher = watcher;
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  /** @throws Refused `unavailable` when no connection is free in time. */
  async acquireConnection(): Promise<PostgresConnection> {
    try {
      return new PostgresConnection(await takeConnection(this.#pool), this.#watcher);
    } catch (error) {
      throw coded(error, this.#watcher);
    }
  }

  async beginTransaction(connection: PostgresConnection, settings: TransactionSettings): Promise<void> {
    const { isolationLevel, accessMode } = settings;
    const parts = ['begin'];
    if (isolationLevel) parts.push(`isolation level ${isolationLevel}`);
    if (accessMode) parts.push(accessMode);
    await connection.executeQuery(CompiledQuery.raw(parts.join(' ')));
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw('rollback'));
    } catch {
      // Closing the connection rolls its transaction back; the first failure is reported.
      connection.discard();
    }
  }

  releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return this.#pool.end();
  }
}
