import { Client } from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { openPostgresStore } from '../../server/store/postgres/open-postgres-store.ts';
import type { Store } from '../../server/store.ts';
import { EMPTY_TABLES } from './empty-tables.ts';

/**
 * The address of a database for one test alone, in the one PostgreSQL of the run.
 * @param kind `migrated`: has today's tables; `empty`: has none.
 */
export const testPostgres = async (kind: 'migrated' | 'empty' = 'migrated'): Promise<string> => {
  const response = await fetch(`${inject('databases')}/${kind}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
};

/** Hands back a migrated database that is no longer used; it is emptied and serves another test. */
export const handBackPostgres = async (url: string): Promise<void> => {
  const response = await fetch(inject('databases'), { method: 'POST', body: url });
  if (!response.ok) throw new Error(await response.text());
};

/**
 * One store in PostgreSQL for the tests of a file; what is returned empties it for the next. Opening one for
 * each test would take twenty times as long as most of them.
 */
export const sharedPostgresStore = (): (() => Promise<Store>) => {
  let shared: { store: Store; client: Client } | null = null;
  beforeAll(async () => {
    const url = await testPostgres();
    const client = new Client({ connectionString: url });
    await client.connect();
    shared = { store: await openPostgresStore(url), client };
  });
  afterAll(async () => {
    await shared?.client.end();
    await shared?.store.close();
  });
  return async () => {
    if (!shared) throw new Error('there is a store only within tests');
    await shared.client.query(EMPTY_TABLES);
    return { ...shared.store, close: () => Promise.resolve() };
  };
};
