import { Kysely, sql } from 'kysely';
import { Pool, type PoolConfig } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { testPostgres } from '../../../testkit/server/test-postgres.ts';
import { CodedPostgresDialect } from './postgres-dialect.ts';
import { createPostgresPool } from './postgres-pool.ts';

/** A driver with one connection and a short timeout, and what its watcher was told. */
const connect = async (more: PoolConfig = {}) => {
  const pool = new Pool({
    connectionString: await testPostgres('empty'),
    max: 1,
    query_timeout: 300,
    ...more,
  });
  pool.on('connect', (client) => client.on('error', () => undefined));
  const told: string[] = [];
  const watcher = { onAnswer: () => told.push('ok'), onUnavailable: (code: string) => told.push(code) };
  const db = new Kysely<object>({ dialect: new CodedPostgresDialect(pool, watcher) });
  onTestFinished(() => db.destroy());
  return { db, told };
};

it('hands out no connection whose last query has no answer yet', async () => {
  const { db, told } = await connect();
  await expect(sql`select pg_sleep(60)`.execute(db)).rejects.toMatchObject({ code: 'unavailable' });
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  expect(told).toEqual(['no answer', 'ok']);
});

it('gives up a transaction whose connection is lost, and says why', async () => {
  const { db } = await connect();
  await sql`create table things (name text primary key)`.execute(db);
  const work = db.transaction().execute(async (transaction) => {
    await sql`insert into things values ('first')`.execute(transaction);
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(transaction);
  });
  await expect(work).rejects.toMatchObject({ name: 'Refused', code: 'unavailable' });
  expect((await sql`select * from things`.execute(db)).rows).toEqual([]);
});

it('never repeats values of a statement', async () => {
  const { db } = await connect();
  await sql`create table things (name text primary key)`.execute(db);
  const put = () => sql`insert into things values (${'secret'})`.execute(db);
  await put();
  const error: unknown = await put().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'PostgresError', code: '23505' });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret');
  await expect(sql`select ${'secret'}::integer`.execute(db)).rejects.not.toThrow('secret');
});

it('does not give up a connection because this process paused', async () => {
  const pool = createPostgresPool(await testPostgres('empty'), { connections: 1 });
  const ignore = (): void => undefined;
  const watcher = { onAnswer: ignore, onUnavailable: ignore };
  const db = new Kysely<object>({ dialect: new CodedPostgresDialect(pool, watcher) });
  onTestFinished(() => db.destroy());
  await sql`select 1`.execute(db);
  const both = [sql`select 1`, sql`select 2`].map((query) => query.execute(db));
  // The second query waits for the first, whose answer has arrived by then.
  await new Promise(setImmediate);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3200);
  await expect(Promise.all(both)).resolves.toHaveLength(2);
});

it('limits how long a request waits for a connection', async () => {
  const { db } = await connect({ query_timeout: 20_000 });
  const held = sql`select pg_sleep(4)`.execute(db);
  await expect(sql`select 1`.execute(db)).rejects.toMatchObject({ code: 'unavailable' });
  await held;
});
