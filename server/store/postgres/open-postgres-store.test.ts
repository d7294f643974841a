import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { describeStore } from '../../../testkit/server/store-contract.ts';
import { sharedPostgresStore, testPostgres } from '../../../testkit/server/test-postgres.ts';
import { migrationsFor } from '../migrations/migrations.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { POSTGRES } from './postgres-parts.ts';

describeStore('PostgreSQL', sharedPostgresStore());

const MIGRATIONS = migrationsFor(POSTGRES);

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
};

const slowly = (what: (db: Kysely<unknown>) => Promise<unknown>): Migration => ({
  async up(db: Kysely<unknown>) {
    await sql`select pg_sleep(0.2)`.execute(db);
    await what(db);
  },
});

describe('opening a PostgreSQL database', () => {
  it('migrates an empty database once, when several nodes start at the same time', async () => {
    const url = await testPostgres('empty');
    const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgresStore(url)));
    for (const store of stores) expect(await store.accounts.count()).toBe(0);
    await Promise.all(stores.map((store) => store.close()));
    const steps = await query(url, 'select name from kysely_migration order by name');
    expect(steps).toEqual(Object.keys(MIGRATIONS).map((name) => ({ name })));
  });

  it('runs a new migration once, when several nodes are upgraded at the same time', async () => {
    const url = await testPostgres();
    const migrations = {
      ...MIGRATIONS,
      '90-more': slowly((db) => sql`alter table accounts add column more text`.execute(db)),
    };
    const stores = await Promise.all(Array.from({ length: 3 }, () => openPostgresStore(url, { migrations })));
    await Promise.all(stores.map((store) => store.close()));
    expect(await query(url, 'select more from accounts')).toEqual([]);
  });

  it('leaves everything as it was when a migration fails', async () => {
    const url = await testPostgres();
    const migrations = {
      ...MIGRATIONS,
      '90-good': slowly((db) => sql`alter table accounts add column good text`.execute(db)),
      '91-bad': { up: () => Promise.reject(new Error('step 91 is broken')) },
    };
    await expect(openPostgresStore(url, { migrations })).rejects.toThrow(
      /^DATABASE_URL: .*step 91 is broken$/,
    );
    await expect(query(url, 'select good from accounts')).rejects.toThrow();
    await (await openPostgresStore(url)).close();
  });

  it('refuses a database of a newer version', async () => {
    const url = await testPostgres();
    const migrations = { ...MIGRATIONS, '99-newer': slowly(() => Promise.resolve()) };
    await (await openPostgresStore(url, { migrations })).close();
    await expect(openPostgresStore(url)).rejects.toThrow(/^DATABASE_URL: .*99-newer/);
  });

  it('says in one line what is wrong, and shows neither password nor address', async () => {
    const url = await testPostgres('empty');
    await query(url, "create role locked login password 'right'");
    await query(url, "create database latin template template0 encoding 'LATIN1'");
    const at = (change: Partial<URL>): string => Object.assign(new URL(url), change).href;
    const locked = (password: string): string => at({ username: 'locked', password });
    for (const [address, why] of [
      [at({ port: '1' }), 'PostgreSQL cannot be reached (ECONNREFUSED)'],
      [at({ hostname: 'secret.invalid' }), 'PostgreSQL cannot be reached (ENOTFOUND)'],
      [locked('secret'), 'PostgreSQL refuses this user or password (28P01)'],
      [locked('right'), 'its user may not do that; it must own the database, or the schema (42501)'],
      [at({ pathname: '/secret' }), 'there is no such database (3D000)'],
      [at({ pathname: '/latin' }), 'the database must be encoded as UTF8, and is LATIN1'],
    ] as const) {
      const error: unknown = await openPostgresStore(address).catch((reason: unknown) => reason);
      expect(String(error)).toBe(`ConfigError: DATABASE_URL: ${why}`);
    }
  });
});
