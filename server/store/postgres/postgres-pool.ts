import { Pool, TypeOverrides, types } from 'pg';

/**
 * How long opening a connection may take, in milliseconds. Queries that wait for it give up sooner: see
 * `PostgresDriver`.
 */
const CONNECT_WITHIN = 10_000;
/** Milliseconds. */
const STATEMENT_WITHIN = 8000;
/**
 * For a PostgreSQL that does not enforce the timeout above, because it hangs or the network fails silently.
 */
const ANSWER_WITHIN = 10_000;
/** Releases the locks of a process that froze during a transaction. */
const IDLE_IN_TRANSACTION = 10_000;
const IDLE = 30_000;

/** Returns the same JavaScript types as SQLite's columns. */
const columnTypes = (): TypeOverrides => {
  const own = new TypeOverrides();
  // Times and counts, which stay far below the largest exact number.
  own.setTypeParser(types.builtins.INT8, Number);
  own.setTypeParser(types.builtins.BYTEA, (hex) =>
    Uint8Array.from(Buffer.from(hex.slice('\\x'.length), 'hex')),
  );
  return own;
};

/** Options of a pool. */
export interface PoolUse {
  /** The most connections at once. */
  connections: number;
  /** Migrations and copies have no time limit; requests have one. */
  patient?: boolean;
}

/**
 * Connections to PostgreSQL, opened when needed. A lost connection is replaced, and never ends the process.
 */
export const createPostgresPool = (url: string, { connections, patient = false }: PoolUse): Pool => {
  const pool = new Pool({
    connectionString: url,
    application_name: 'quick-call',
    max: connections,
    connectionTimeoutMillis: CONNECT_WITHIN,
    idleTimeoutMillis: IDLE,
    keepAlive: true,
    ...(!patient && {
      statement_timeout: STATEMENT_WITHIN,
      query_timeout: ANSWER_WITHIN,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION,
    }),
    types: columnTypes(),
  });
  // A query on a lost connection rejects anyway; an `error` without a listener would end the process.
  const ignore = (): void => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
};
