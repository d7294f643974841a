import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import { testSdp } from '../../testkit/server/descriptions.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { temporaryFolder } from '../../testkit/server/temporary-folder.ts';
import { TEST_PASSWORD } from '../../testkit/server/test-people.ts';
import { testPostgres } from '../../testkit/server/test-postgres.ts';
import { connectDatabase } from './connect-database.ts';
import type { DatabaseSettings } from './database-settings.ts';
import { TABLE_NAMES } from './table-names.ts';

const NAMES = ['ada', 'bob', 'cyd'] as const;
type Name = (typeof NAMES)[number];

/** These columns may still name a deleted person: they show that there was a person, not who it was. */
const MAY_NAME_THE_DELETED = new Set(['calls.caller_id', 'calls.callee_id', 'history.other_id']);

interface Resident {
  who: SignedIn;
  phone: Phone;
}

/**
 * A server on a database that outlives it, and people who act in random order. Actions may be refused:
 * nothing here expects success.
 */
class Town {
  readonly #database: DatabaseSettings;
  /** Everybody who ever had an account, by id. */
  readonly everybody = new Set<string>();
  readonly gone = new Set<string>();
  #server: TestServer;
  readonly #residents = new Map<Name, Resident>();
  readonly #calls: string[] = [];

  private constructor(database: DatabaseSettings, server: TestServer) {
    this.#database = database;
    this.#server = server;
  }

  static async open(database: DatabaseSettings): Promise<Town> {
    return new Town(database, await startTestServer({ database }));
  }

  close(): Promise<void> {
    return this.#server.stop();
  }

  async restart(): Promise<void> {
    await this.#server.stop();
    this.#server = await startTestServer({ database: this.#database });
    for (const [name, { who }] of this.#residents) {
      this.#residents.set(name, { who, phone: await this.#server.phone(who) });
    }
  }

  /** Somebody creates an account, or signs in on another device. */
  async arrive(name: Name): Promise<void> {
    const here = this.#residents.get(name);
    const who = here ? await this.#server.signIn(name) : await this.#server.signUp(name);
    this.everybody.add(who.account.userId);
    if (!here) this.#residents.set(name, { who, phone: await this.#server.phone(who) });
  }

  async rename(name: Name): Promise<void> {
    await this.#ask(name, 'PATCH', '', { displayName: `${name} ${randomUUID().slice(0, 4)}` });
  }

  async leave(name: Name): Promise<void> {
    const here = this.#residents.get(name);
    if (!here) return;
    await this.#ask(name, 'POST', '/deletion', { password: TEST_PASSWORD });
    this.gone.add(here.who.account.userId);
    this.#residents.delete(name);
  }

  /** Sends an event about another person, whose account may be deleted by now. */
  async tell(name: Name, event: string, payload: (other: string) => object, other: Name): Promise<void> {
    const to = this.#residents.get(other)?.who.account.userId ?? [...this.gone][0];
    if (to !== undefined) await this.#residents.get(name)?.phone.raw(event, payload(to));
  }

  async call(name: Name, other: Name): Promise<void> {
    const callId = randomUUID();
    this.#calls.push(callId);
    await this.tell(name, 'call:invite', (to) => ({ callId, to, media: 'audio', offer: testSdp() }), other);
  }

  async onLastCall(name: Name, event: string, more: object = {}): Promise<void> {
    const callId = this.#calls.at(-1);
    if (callId) await this.#residents.get(name)?.phone.raw(event, { callId, ...more });
  }

  async #ask(name: Name, method: string, path: string, body: object): Promise<void> {
    const token = this.#residents.get(name)?.who.token;
    if (token === undefined) return;
    await fetch(`${this.#server.url}/api/v1/accounts/current${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
}

type Act = (town: Town, one: Name, other: Name) => Promise<void>;

const mark = { favourite: true, ringsThrough: true };
const leave: Act = (town, one) => town.leave(one);
const call: Act = (town, one, other) => town.call(one, other);
const endCall: Act = (town, one) => town.onLastCall(one, 'call:end');
const ACTS: readonly Act[] = [
  (town, one) => town.arrive(one),
  (town, one) => town.arrive(one),
  (town, one) => town.rename(one),
  leave,
  (town) => town.restart(),
  call,
  (town, one) => town.onLastCall(one, 'call:accept', { answer: testSdp() }),
  endCall,
  (town, one) => town.onLastCall(one, 'history:delete'),
  (town, one, other) => town.tell(one, 'history:clear', () => ({}), other),
  (town, one, other) => town.tell(one, 'contact:mark', (userId) => ({ userId, ...mark }), other),
  (town, one, other) =>
    town.tell(one, 'message:send', (to) => ({ id: randomUUID(), to, text: 'hello' }), other),
  (town, one, other) => town.tell(one, 'presence:text', () => ({ text: 'at lunch' }), other),
];

type Step = readonly [act: number, one: Name, other: Name];

const step = (act: Act, one: Name, other: Name): Step => [ACTS.indexOf(act), one, other];

/** Deletes an account that other rows refer to, which chance might not do in so few runs. */
const CALLED_AND_LEFT: Step[] = [
  step(call, 'ada', 'bob'),
  step(endCall, 'ada', 'bob'),
  step(leave, 'ada', 'bob'),
  step(leave, 'cyd', 'bob'),
];

/** A column that refers to accounts, with the ids in it. */
interface Referring {
  column: string;
  userIds: string[];
}

/** A kind of database, and how the test inspects it from outside. */
interface Kind {
  name: string;
  runs: number;
  create: () => Promise<DatabaseSettings>;
  /** Expects an undamaged database, and returns every column that refers to an account. */
  inspect: (database: DatabaseSettings) => Promise<Referring[]>;
}

const idOf = (row: object): string => ('id' in row ? String(row.id) : '');

const inspectSqlite = (database: DatabaseSettings): Promise<Referring[]> => {
  if (database.kind !== 'sqlite') throw new Error('not SQLite');
  const db = new DatabaseSync(database.file);
  expect(db.prepare('pragma foreign_key_check').all()).toEqual([]);
  expect(db.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  const found = TABLE_NAMES.flatMap((table) =>
    db
      .prepare(`pragma foreign_key_list("${table}")`)
      .all()
      .filter((key) => key['table'] === 'accounts')
      .map((key) => {
        const column = String(key['from']);
        const rows = db.prepare(`select distinct "${column}" as id from "${table}"`).all();
        return { column: `${table}.${column}`, userIds: rows.filter(({ id }) => id !== null).map(idOf) };
      }),
  );
  db.close();
  return Promise.resolve(found);
};

const inspectPostgres = async (database: DatabaseSettings): Promise<Referring[]> => {
  const { db } = connectDatabase(database);
  const { rows: keys } = await sql<{ table: string; column: string; isValid: boolean }>`
    select conrelid::regclass::text as table, attname as column, convalidated as "isValid"
    from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
    where contype = 'f' and confrelid = 'accounts'::regclass`.execute(db);
  const found: Referring[] = [];
  for (const { table, column, isValid } of keys) {
    expect([column, isValid]).toEqual([column, true]);
    const { rows } = await sql<{
      id: string;
    }>`select distinct ${sql.ref(column)} as id from ${sql.table(table)}
      where ${sql.ref(column)} is not null`.execute(db);
    found.push({ column: `${table}.${column}`, userIds: rows.map(idOf) });
  }
  await db.destroy();
  return found;
};

const KINDS: readonly Kind[] = [
  {
    name: 'SQLite',
    runs: 20,
    create: () => Promise.resolve({ kind: 'sqlite', file: join(temporaryFolder(), 'quick-call.db') }),
    inspect: inspectSqlite,
  },
  {
    name: 'PostgreSQL',
    runs: 8,
    create: async () => ({ kind: 'postgres', url: await testPostgres() }),
    inspect: inspectPostgres,
  },
];

/**
 * In milliseconds. It only ends a run that hangs: each run creates a database, which is slow on a busy
 * machine.
 */
const TIME_LIMIT = 120_000;

it.each(KINDS)(
  'every reference stays valid in $name, whatever people do',
  async (kind) => {
    const done = { departures: 0, kept: 0, columns: 0 };
    const anyStep = fc.tuple(
      fc.integer({ min: 0, max: ACTS.length - 1 }),
      fc.constantFrom(...NAMES),
      fc.constantFrom(...NAMES),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 60 }), async (steps) => {
        const database = await kind.create();
        const town = await Town.open(database);
        try {
          for (const name of NAMES) await town.arrive(name);
          for (const [act, one, other] of steps) await ACTS[act]?.(town, one, other);
        } finally {
          await town.close();
        }
        const referring = await kind.inspect(database);
        done.columns = referring.length;
        for (const { column, userIds } of referring) {
          for (const userId of userIds) expect(town.everybody).toContain(userId);
          const gone = userIds.filter((userId) => town.gone.has(userId));
          if (MAY_NAME_THE_DELETED.has(column)) done.kept += gone.length;
          else expect([column, gone]).toEqual([column, []]);
        }
        done.departures += town.gone.size;
      }),
      { numRuns: kind.runs, examples: [[CALLED_AND_LEFT]] },
    );
    // Without these the test would show nothing.
    expect(done.columns).toBeGreaterThan(20);
    expect(done.departures).toBeGreaterThan(1);
    expect(done.kept).toBeGreaterThan(0);
  },
  TIME_LIMIT,
);
