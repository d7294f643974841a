import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Clock } from '../../clock.ts';
import { ConfigError } from '../../config-error.ts';
import { backUpSqlite, BackupFailed } from '../../store/sqlite/back-up-sqlite.ts';
import { connectDatabase } from '../../store/connect-database.ts';
import { copyDatabase, CopyRefused, type TableCount } from '../../store/copy-database.ts';
import { DATABASE_URL_RULE, readDatabaseUrl, type DatabaseSettings } from '../../store/database-settings.ts';
import { openStore } from '../../store/open-store.ts';
import { AdminError } from './admin-error.ts';

/** What an operator does with a database as a whole. Errors are `AdminError` or `ConfigError`; none names a password. */
export interface DatabaseCommands {
  migrate(): Promise<void>;
  /** @returns the size of the file in bytes. */
  backUp(file: string): Promise<number>;
  /** @param from as `DATABASE_URL`. @param to as `DATABASE_URL`. */
  copy(from: string, to: string): Promise<TableCount[]>;
}

const read = (option: string, address: string): DatabaseSettings => {
  const database = readDatabaseUrl(address);
  if (!database) throw new AdminError(`${option} ${DATABASE_URL_RULE}`);
  if (database.kind === 'sqlite' && database.file === ':memory:') {
    throw new AdminError(`${option} cannot be in memory`);
  }
  return database;
};

export const createDatabaseCommands = (
  {
    settings,
    existing,
  }: {
    settings: () => DatabaseSettings;
    /** As `settings`. @throws AdminError if there is no such file, and none may be made. */
    existing: () => DatabaseSettings;
  },
  clock: Pick<Clock, 'now'>,
): DatabaseCommands => {
  /** Source and target must both have the current tables. */
  const bringUpToDate = async (option: string, database: DatabaseSettings): Promise<void> => {
    try {
      await (await openStore(database, { now: clock.now(), connections: 1 })).close();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw new AdminError(error.message.replace('DATABASE_URL', option));
    }
  };
  return {
    migrate: () => bringUpToDate('DATABASE_URL', existing()),
    backUp(file) {
      const database = settings();
      if (database.kind !== 'sqlite') {
        throw new AdminError('DATABASE_URL is PostgreSQL, which has pg_dump (docs/database.md)');
      }
      try {
        return Promise.resolve(backUpSqlite(database.file, resolve(file)));
      } catch (error) {
        if (error instanceof BackupFailed) throw new AdminError(error.message);
        throw error;
      }
    },
    async copy(from, to) {
      const [source, target] = [read('--from', from), read('--to', to)];
      if (source.kind === 'sqlite' && !existsSync(source.file)) {
        throw new AdminError(`--from: there is no ${source.file}`);
      }
      await bringUpToDate('--from', source);
      await bringUpToDate('--to', target);
      const [here, there] = [connectDatabase(source), connectDatabase(target)];
      try {
        return await copyDatabase(here, there);
      } catch (error) {
        throw error instanceof CopyRefused ? new AdminError(error.message) : error;
      } finally {
        await Promise.all([here.db.destroy(), there.db.destroy()]);
      }
    },
  };
};
