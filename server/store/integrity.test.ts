import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account.ts';
import { testSdp } from '../testing/descriptions.ts';
import type { Phone } from '../testing/phone.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { TEST_PASSWORD } from '../testing/test-people.ts';

const NAMES = ['ada', 'bob', 'cyd'] as const;
type Name = (typeof NAMES)[number];

/** What of a deleted person may stay: that others had to do with somebody, not who it was. */
const MAY_NAME_THE_DELETED = new Set(['calls.caller_id', 'calls.callee_id', 'history.other_id']);

interface Resident {
  who: SignedIn;
  phone: Phone;
}

/** A server on a file, and what its people do in whatever order. Refusals are part of it: nothing here expects success. */
class Town {
  readonly file: string;
  /** Everybody there ever was, by id. */
  readonly everybody = new Set<string>();
  readonly gone = new Set<string>();
  #server: TestServer;
  readonly #residents = new Map<Name, Resident>();
  readonly #calls: string[] = [];

  private constructor(file: string, server: TestServer) {
    this.file = file;
    this.#server = server;
  }

  static async open(file: string): Promise<Town> {
    return new Town(file, await startTestServer({ databaseFile: file }));
  }

  close(): Promise<void> {
    return this.#server.stop();
  }

  async restart(): Promise<void> {
    await this.#server.stop();
    this.#server = await startTestServer({ databaseFile: this.file });
    for (const [name, { who }] of this.#residents) {
      this.#residents.set(name, { who, phone: await this.#server.phone(who) });
    }
  }

  /** Somebody moves in, or gets another device. */
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

  /** Sends an event about another, who may be gone by now. */
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
const ACTS: readonly Act[] = [
  (town, one) => town.arrive(one),
  (town, one) => town.arrive(one),
  (town, one) => town.rename(one),
  (town, one) => town.leave(one),
  (town) => town.restart(),
  (town, one, other) => town.call(one, other),
  (town, one) => town.onLastCall(one, 'call:accept', { answer: testSdp() }),
  (town, one) => town.onLastCall(one, 'call:end'),
  (town, one) => town.onLastCall(one, 'history:delete'),
  (town, one, other) => town.tell(one, 'history:clear', () => ({}), other),
  (town, one, other) => town.tell(one, 'contact:mark', (userId) => ({ userId, ...mark }), other),
  (town, one, other) =>
    town.tell(one, 'message:send', (to) => ({ id: randomUUID(), to, text: 'hello' }), other),
  (town, one, other) => town.tell(one, 'presence:text', () => ({ text: 'at lunch' }), other),
];

/** Every column that refers to an account, with the accounts it names. */
const referring = (db: DatabaseSync): { column: string; userIds: unknown[] }[] => {
  const tables = db.prepare("select name from sqlite_master where type = 'table'").all();
  return tables.flatMap(({ name }) => {
    const table = String(name);
    const keys = db.prepare(`pragma foreign_key_list("${table}")`).all();
    return keys
      .filter((key) => key['table'] === 'accounts')
      .map((key) => {
        const column = String(key['from']);
        const rows = db.prepare(
          `select distinct "${column}" as id from "${table}" where "${column}" is not null`,
        );
        return { column: `${table}.${column}`, userIds: rows.all().map((row) => row['id']) };
      });
  });
};

it('keeps every row referring to something, whatever people do and in whatever order', async () => {
  const folder = temporaryFolder();
  const done = { departures: 0, kept: 0 };
  const step = fc.tuple(
    fc.integer({ min: 0, max: ACTS.length - 1 }),
    fc.constantFrom(...NAMES),
    fc.constantFrom(...NAMES),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const town = await Town.open(join(folder, `${randomUUID()}.db`));
      try {
        for (const name of NAMES) await town.arrive(name);
        for (const [act, one, other] of steps) await ACTS[act]?.(town, one, other);
      } finally {
        await town.close();
      }
      const db = new DatabaseSync(town.file);
      expect(db.prepare('pragma foreign_key_check').all()).toEqual([]);
      expect(db.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
      for (const { column, userIds } of referring(db)) {
        for (const userId of userIds) expect(town.everybody).toContain(userId);
        const gone = userIds.filter((userId) => town.gone.has(String(userId)));
        if (MAY_NAME_THE_DELETED.has(column)) done.kept += gone.length;
        else expect([column, gone]).toEqual([column, []]);
      }
      done.departures += town.gone.size;
      db.close();
    }),
    { numRuns: 20 },
  );
  // Without these the test would have shown nothing.
  expect(done.departures).toBeGreaterThan(10);
  expect(done.kept).toBeGreaterThan(0);
});
