import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { adaptSqlite } from './sqlite-adapter.ts';
import { TransactionalSqliteDialect } from './transactional-sqlite-dialect.ts';

it('runs transactions in the order of their requests, also those that come while others wait', async () => {
  const database = adaptSqlite(new DatabaseSync(':memory:'));
  const db = new Kysely<object>({ dialect: new TransactionalSqliteDialect({ database }) });
  // The first request opens the database; others could overtake it.
  await sql`select 1`.execute(db);
  const order: number[] = [];
  const work = (n: number) =>
    db.transaction().execute(async (transaction) => {
      await sql`select 1`.execute(transaction);
      order.push(n);
    });
  const all: Promise<void>[] = [];
  // Requested at different moments of the earlier transactions.
  for (let n = 0; n < 60; n += 1) {
    all.push(work(n));
    for (let i = 0; i < n % 7; i += 1) await Promise.resolve();
  }
  await Promise.all(all);
  expect(order).toEqual(Array.from({ length: 60 }, (_, n) => n));
  await db.destroy();
});

it('goes on after a failed transaction', async () => {
  const database = adaptSqlite(new DatabaseSync(':memory:'));
  const db = new Kysely<object>({ dialect: new TransactionalSqliteDialect({ database }) });
  const failing = db.transaction().execute(() => Promise.reject(new Error('no')));
  const next = sql`select 1 as one`.execute(db);
  await expect(failing).rejects.toThrow('no');
  expect((await next).rows).toEqual([{ one: 1 }]);
  await db.destroy();
});

it('a transaction that reads first does not fail while another process writes to the file', async () => {
  const file = join(temporaryFolder(), 'quick-call.db');
  const other = new DatabaseSync(file);
  other.exec('pragma journal_mode = wal; create table things (n integer); insert into things values (1)');
  const database = adaptSqlite(new DatabaseSync(file));
  const db = new Kysely<object>({ dialect: new TransactionalSqliteDialect({ database }) });
  await db.transaction().execute(async (transaction) => {
    await sql`select * from things`.execute(transaction);
    // The other process has to wait; this transaction is not refused as too late.
    expect(() => other.prepare('insert into things values (2)').run()).toThrow('database is locked');
    await sql`update things set n = n + 1`.execute(transaction);
  });
  other.prepare('insert into things values (3)').run();
  expect((await sql`select n from things`.execute(db)).rows).toEqual([{ n: 2 }, { n: 3 }]);
  await db.destroy();
  other.close();
});

it('tells a full database as a refusal, with nothing half written, and goes on when there is room', async () => {
  const database = adaptSqlite(new DatabaseSync(join(temporaryFolder(), 'quick-call.db')));
  const db = new Kysely<object>({ dialect: new TransactionalSqliteDialect({ database }) });
  await sql`create table things (n integer, bytes blob)`.execute(db);
  const add = (n: number) =>
    db.transaction().execute(async (transaction) => {
      await sql`insert into things values (${n}, null)`.execute(transaction);
      await sql`insert into things values (${n}, zeroblob(200000))`.execute(transaction);
    });
  await add(1);
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
  await sql.raw(`pragma max_page_count = ${String(rows[0]?.page_count)}`).execute(db);
  // SQLite rolls back by itself: a second rollback would fail, and hide the cause.
  await expect(add(2)).rejects.toMatchObject({ name: 'Refused', code: 'storage-full' });
  expect((await sql`select n from things`.execute(db)).rows).toEqual([{ n: 1 }, { n: 1 }]);
  await sql`pragma max_page_count = 100000`.execute(db);
  await add(3);
  expect((await sql`select max(n) as n from things`.execute(db)).rows).toEqual([{ n: 3 }]);
  await db.destroy();
});
