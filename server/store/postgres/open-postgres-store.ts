import { Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Logger } from 'pino';
import { ConfigError } from '../../config-error.ts';
import { Refused } from '../../refused.ts';
import { createSqlStores } from '../create-sql-stores.ts';
import { migrate } from '../migrations/migrate.ts';
import { migrationsFor } from '../migrations/migrations.ts';
import { CodedPostgresDialect } from './postgres-dialect.ts';
import type { PostgresWatcher } from './postgres-driver.ts';
import { PostgresError } from './postgres-failure.ts';
import { POSTGRES } from './postgres-parts.ts';
import { createPostgresPool, type PoolUse } from './postgres-pool.ts';
import { PostgresSchemaPlugin } from './postgres-schema-plugin.ts';
import type { Store } from '../../store.ts';
import type { Tables } from '../tables.ts';

/** The oldest major version that PostgreSQL still maintains. */
const OLDEST = 14;

/** Options of `openPostgresStore`. */
export interface PostgresOptions {
  /** The most connections for requests; maintenance may open one more. */
  connections?: number;
  /** Hears once when the database is lost, and once when it is back. */
  log?: Pick<Logger, 'warn' | 'info'>;
  /** Entries in one person's history. */
  historyEntries?: number;
  migrations?: Readonly<Record<string, Migration>>;
}

const CONNECTIONS = 10;

/** The problem in words for the operator, by SQLSTATE. */
const REASONS: Readonly<Record<string, string>> = {
  '28000': 'PostgreSQL refuses this user or password',
  '28P01': 'PostgreSQL refuses this user or password',
  '3D000': 'there is no such database',
  '42501': 'its user may not do that; it must own the database, or the schema',
};

const reasonOf = (error: unknown, seen: string | null): string => {
  if (error instanceof Refused) return `PostgreSQL cannot be reached (${seen ?? error.code})`;
  if (error instanceof PostgresError && REASONS[error.code]) {
    return `${REASONS[error.code] ?? ''} (${error.code})`;
  }
  const why = error instanceof Error ? error.message.split('\n', 1)[0] : '';
  return `the database cannot be brought up to date: ${why ?? ''}`;
};

const checkServer = async (db: Kysely<Tables>): Promise<void> => {
  const { rows } = await sql<{ version: number; encoding: string }>`
    select current_setting('server_version_num')::integer / 10000 as version,
      current_setting('server_encoding') as encoding`.execute(db);
  const [server] = rows;
  if (server && server.version < OLDEST) {
    throw new ConfigError(
      `DATABASE_URL: PostgreSQL must be ${String(OLDEST)} or newer, and is ${String(server.version)}`,
    );
  }
  if (server && server.encoding !== 'UTF8') {
    throw new ConfigError(`DATABASE_URL: the database must be encoded as UTF8, and is ${server.encoding}`);
  }
};

/** Logs once that the database is lost, with the code, and once that it is back. */
const watch = (logNow: () => PostgresOptions['log']): PostgresWatcher & { readonly code: string | null } => {
  let code: string | null = null;
  return {
    get code() {
      return code;
    },
    onUnavailable(now) {
      if (code === null) logNow()?.warn({ code: now }, 'the database cannot be reached');
      code = now;
    },
    onAnswer() {
      if (code !== null) logNow()?.info('the database answers again');
      code = null;
    },
  };
};

/**
 * Opens a PostgreSQL database and runs its migrations; if several nodes start at once, one migrates while the
 * others wait. While the database is away, every query is refused with `unavailable`. Each query tries the
 * database again, so that the store recovers by itself.
 * @param url may contain a password, so no message shows it. @throws ConfigError when the database cannot be
 * reached or written, or was made by a newer version.
 */
export const openPostgresStore = async (url: string, options: PostgresOptions = {}): Promise<Store> => {
  // A failed start has its own message.
  let started = false;
  const watcher = watch(() => (started ? options.log : undefined));
  const open = (use: PoolUse): Kysely<Tables> =>
    new Kysely<Tables>({ dialect: new CodedPostgresDialect(createPostgresPool(url, use), watcher) });
  // Two connections: migrations read the schema while the other connection holds the lock.
  const patient = open({ connections: 2, patient: true });
  try {
    await checkServer(patient);
    const migrations = options.migrations ?? migrationsFor(POSTGRES);
    await migrate(patient.withPlugin(new PostgresSchemaPlugin()), migrations, () => undefined);
  } catch (error) {
    await patient.destroy();
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`DATABASE_URL: ${reasonOf(error, watcher.code)}`, { cause: error });
  }
  started = true;
  const db = open({ connections: options.connections ?? CONNECTIONS });
  const storesOf = (connection: Kysely<Tables>) =>
    createSqlStores(connection, POSTGRES, options.historyEntries);
  return {
    ...storesOf(db),
    atomically: (work) => db.transaction().execute((transaction) => work(storesOf(transaction))),
    async ping() {
      await db.selectFrom('accounts').select('user_id').limit(1).execute();
    },
    scrub: () => POSTGRES.scrub(patient),
    async close() {
      await Promise.all([db.destroy(), patient.destroy()]);
    },
  };
};
