import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
} from 'kysely';
import type { Pool } from 'pg';
import { PostgresDriver, type PostgresWatcher } from './postgres-driver.ts';

/** Kysely's PostgreSQL dialect on our own driver. */
export class CodedPostgresDialect implements Dialect {
  readonly #pool: Pool;
  readonly #watcher: PostgresWatcher;

  constructor(pool: Pool, watcher: PostgresWatcher) {
    this.#pool = pool;
    this.#watcher = watcher;
  }

  createAdapter(): DialectAdapter {
    return new PostgresAdapter();
  }

  createDriver(): Driver {
    return new PostgresDriver(this.#pool, this.#watcher);
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }

  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler();
  }
}
