import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { DatabaseSettings } from './database-settings.ts';
import { CodedPostgresDialect } from './postgres/postgres-dialect.ts';
import { POSTGRES } from './postgres/postgres-parts.ts';
import { createPostgresPool } from './postgres/postgres-pool.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { adaptSqlite } from './sqlite/sqlite-adapter.ts';
import { SQLITE } from './sqlite/sqlite-parts.ts';
import type { Tables } from './tables.ts';
import { TransactionalSqliteDialect } from './sqlite/transactional-sqlite-dialect.ts';

/** The tables themselves, for work on the whole database. */
export interface ConnectedDatabase {
  db: Kysely<Tables>;
  dialect: SqlDialect;
}

/** How long to wait for another process that writes to the SQLite file, in milliseconds. */
const BUSY_TIMEOUT = 5000;

const UNWATCHED = { onAnswer: () => undefined, onUnavailable: () => undefined };

/** Connects to a database that has the current tables, without any timeout for statements. */
export const connectDatabase = (database: DatabaseSettings): ConnectedDatabase => {
  switch (database.kind) {
    case 'sqlite': {
      const raw = new DatabaseSync(database.file, {
        enableForeignKeyConstraints: true,
        timeout: BUSY_TIMEOUT,
      });
      return {
        db: new Kysely({ dialect: new TransactionalSqliteDialect({ database: adaptSqlite(raw) }) }),
        dialect: SQLITE,
      };
    }
    case 'postgres': {
      const pool = createPostgresPool(database.url, { connections: 1, patient: true });
      return { db: new Kysely({ dialect: new CodedPostgresDialect(pool, UNWATCHED) }), dialect: POSTGRES };
    }
  }
};
