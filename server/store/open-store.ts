import type { Logger } from 'pino';
import type { DatabaseSettings } from './database-settings.ts';
import { openPostgresStore } from './postgres/open-postgres-store.ts';
import { openSqliteStore } from './sqlite/open-sqlite-store.ts';
import type { Store } from '../store.ts';

/** Options of `openStore`. */
export interface OpenStoreOptions {
  /** Epoch milliseconds. */
  now: number;
  /** The most connections to a PostgreSQL. */
  connections?: number;
  log?: Pick<Logger, 'warn' | 'info'>;
  /** The most entries in one person's history; a new entry replaces the oldest. */
  historyEntries?: number;
}

/**
 * Opens the database that the settings name, and runs its migrations. @throws ConfigError when one of these
 * fails.
 */
export const openStore = (
  database: DatabaseSettings,
  { now, ...options }: OpenStoreOptions,
): Promise<Store> => {
  switch (database.kind) {
    case 'sqlite':
      return openSqliteStore(database.file, now, options);
    case 'postgres':
      return openPostgresStore(database.url, options);
  }
};
