import { Pool, TypeOverrides, types } from 'pg';

/**
 * Milliseconds after which a connection that is being opened is given up. Queries that wait for it give up sooner: see
 * `PostgresDriver`.
 */
const CONNECT_WITHIN = 10_000;
/** Milliseconds. */
const STATEMENT_WITHIN = 8000;
/** When PostgreSQL itself does not keep to the one above: it hangs, or the network is gone without a word. */
const ANSWER_WITHIN = 10_000;
/** A process that is frozen in the middle of a transaction gives its locks up. */
const IDLE_IN_TRANSACTION = 10_000;
const IDLE = 30_000;

/** What the same columns of an SQLite database give. */
const columnTypes = (): TypeOverrides => {
  const own = new TypeOverrides();
  // Times and counts, which never come near what a number holds exactly.
  own.setTypeParser(types.builtins.INT8, Number);
  own.setTypeParser(types.builtins.BYTEA, (hex) =>
    Uint8Array.from(Buffer.from(hex.slice('\\x'.length), 'hex')),
  );
  return own;
};

/** How a pool is used. */
export interface PoolUse {
  /** The most connections at once. */
  connections: number;
  /** A migration or a copy takes as long as it takes; a request does not. */
  patient?: boolean;
}

/** Connections to PostgreSQL, made when they are needed. A lost one is replaced; it never ends the process. */
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
  // A query on a lost connection rejects by itself; an `error` without a listener would end the process.
  const ignore = (): void => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
};
