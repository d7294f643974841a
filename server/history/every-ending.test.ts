import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../protocol/history/history.ts';
import type { CallRecord } from '../calls/call-record.ts';
import type { Sender } from '../sender.ts';
import { createCalls, type Calls } from '../calls/create-calls.ts';
import type { Reachability } from '../calls/ledger-event.ts';
import { createRingPauses } from '../calls/ring-pauses.ts';
import { createMemoryLimiters } from '../live/memory/memory-limiters.ts';
import { MemoryCalls } from '../live/memory/memory-calls.ts';
import { createLog } from '../log.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { Store } from '../store.ts';
import { testSdp } from '../../testkit/server/descriptions.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';

const PEOPLE = ['ada', 'bob', 'cyril'].map((username) => ({ userId: randomUUID(), username }));
const DEVICES: readonly Sender[] = PEOPLE.flatMap(({ userId }) =>
  [0, 1].map(() => ({ userId, sessionId: randomUUID(), instanceId: randomUUID() })),
);

const NOBODY: Sender = { userId: randomUUID(), sessionId: randomUUID(), instanceId: randomUUID() };

/** What a phone or time does next; numbers choose among what is there. */
const step = fc.record({
  device: fc.nat(DEVICES.length - 1),
  other: fc.nat(PEOPLE.length - 1),
  call: fc.nat(5),
  what: fc.constantFrom(
    'invite',
    'invite',
    'invite',
    'repeat',
    'accept',
    'accept',
    'connected',
    'end',
    'end',
    'fail',
    'leave',
    'come back',
    'forget',
    'start anew',
    'sign out',
    'wait',
    'wait longer',
    'restart',
  ),
  reachability: fc.constantFrom<Reachability>(
    'ok',
    'ok',
    'ok',
    'ok',
    'blocked',
    'not-allowed',
    'unreachable',
    'do-not-disturb',
  ),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** The real call service on a real database, and everything it said has ended. */
class Exchange {
  readonly ended: CallRecord[] = [];
  readonly #clock = createFakeClock();
  readonly #store: Store;
  readonly #callIds: string[] = [];
  readonly #invites = new Map<string, { from: Sender; to: string }>();
  #reachability: Reachability = 'ok';
  #written: Promise<unknown> = Promise.resolve();
  #calls: Calls;

  constructor(store: Store) {
    this.#store = store;
    this.#calls = this.#start();
  }

  async take({ device, other, call, what, reachability }: Step): Promise<void> {
    const anybody = DEVICES[device] ?? NOBODY;
    const to = PEOPLE[other]?.userId ?? '';
    const { handlers } = this.#calls;
    const callId = this.#callIds.at(-1 - (call % Math.max(1, this.#callIds.length))) ?? randomUUID();
    const invite = this.#invites.get(callId);
    // Mostly one whom the call concerns: the phone that dialled, or one of those that ring.
    const called = DEVICES.filter(({ userId }) => userId === invite?.to)[device % 2] ?? anybody;
    const from = [anybody, invite?.from ?? anybody, called, called][other + (device % 2)] ?? anybody;
    this.#clock.advance(1);
    switch (what) {
      case 'invite': {
        const fresh = randomUUID();
        this.#callIds.push(fresh);
        this.#invites.set(fresh, { from: anybody, to });
        this.#reachability = reachability;
        await this.#invite(anybody, fresh, to);
        break;
      }
      case 'repeat':
        if (invite) await this.#invite(invite.from, callId, invite.to);
        break;
      case 'accept':
        await handlers['call:accept'](called, { callId, answer: testSdp('answer') });
        break;
      case 'connected':
        await handlers['call:connected'](from, { callId });
        break;
      case 'end':
        await handlers['call:end'](from, { callId });
        break;
      case 'fail':
        await handlers['call:end'](from, { callId, cause: 'media-failed' });
        break;
      case 'leave':
        await this.#calls.disconnected(from, { sentAway: false });
        break;
      case 'come back':
        await this.#calls.connected(from, { held: callId });
        break;
      case 'forget':
        await this.#calls.connected(from, {});
        break;
      case 'start anew':
        await this.#calls.connected({ ...from, instanceId: randomUUID() }, {});
        break;
      case 'sign out':
        await this.#calls.signedOut(from.userId, from.sessionId);
        break;
      case 'wait':
        await this.#pass(10_000);
        break;
      case 'wait longer':
        await this.#pass(130_000);
        break;
      case 'restart':
        this.#calls.close();
        this.#calls = this.#start();
        await this.#calls.restore();
        break;
    }
  }

  close(): void {
    this.#calls.close();
  }

  async #invite(from: Sender, callId: string, to: string): Promise<void> {
    const invite = { callId, to, media: 'audio', offer: testSdp() } as const;
    await this.#calls.handlers['call:invite'](from, invite);
  }

  /** Deadlines write to the store without anybody waiting for them. */
  async #pass(ms: number): Promise<void> {
    this.#clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
    await this.#written;
  }

  #start(): Calls {
    return createCalls({
      live: new MemoryCalls(),
      records: {
        recent: (since) => this.#store.calls.recent(since),
        save: (record) => {
          const written = this.#store.calls.save(record);
          this.#written = Promise.all([this.#written, written]);
          return written;
        },
      },
      directory: {
        person: (userId) => Promise.resolve({ userId, username: 'somebody', displayName: 'Somebody' }),
        reachability: () => Promise.resolve(this.#reachability),
        isFavourite: () => Promise.resolve(false),
      },
      pauses: createRingPauses(createMemoryLimiters(1000)),
      emitter: { toInstance: () => undefined, toPerson: () => undefined },
      presence: { setInCall: () => Promise.resolve() },
      onEnded: (record) => void this.ended.push(record),
      deviceName: () => Promise.resolve(null),
      iceServers: () => [],
      clock: this.#clock,
      log: createLog('silent'),
      ringTimeout: 45_000,
    });
  }
}

const openWithPeople = async (): Promise<Store> => {
  const store = await openSqliteStore(':memory:', 0);
  for (const { userId, username } of PEOPLE) {
    const account = { userId, username, displayName: username, passwordHash: 'x', createdAt: 0 };
    await store.accounts.create({ ...account, chosenStatus: 'available' });
  }
  return store;
};

const historyOf = async (store: Store, userId: string): Promise<HistoryEntry[]> =>
  (await store.history.page(userId, { limit: 10_000 })).entries;

/** An id may come again when the call that had it is long over and forgotten. */
const key = ({ callId, placedAt, reason }: Pick<CallRecord, 'callId' | 'placedAt' | 'reason'>): string =>
  `${callId} ${String(placedAt)} ${String(reason)}`;

describe('every call that ended, however it came to that', () => {
  it('is in the histories it belongs to, exactly once, with one reason', async () => {
    const reasons = new Set<string>();
    let traceless = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const store = await openWithPeople();
        const exchange = new Exchange(store);
        for (const each of steps) await exchange.take(each);
        exchange.close();

        const ends = exchange.ended;
        expect(new Set(ends.map(key)).size).toBe(ends.length);
        for (const { userId } of PEOPLE) {
          const expected = ends.filter(
            (record) => record.callerId === userId || (record.calleeId === userId && !record.traceless),
          );
          const found = await historyOf(store, userId);
          expect(found.map(key).sort()).toEqual(expected.map(key).sort());
        }
        for (const { reason, traceless: hidden } of ends) {
          reasons.add(String(reason));
          if (hidden) traceless += 1;
        }
        await store.close();
      }),
      // The same sequences each time: what they reach is counted below.
      { numRuns: 100, seed: 11 },
    );
    // What was never tried is not shown.
    expect(traceless).toBeGreaterThan(0);
    expect([...reasons].sort()).toEqual([
      'busy',
      'cancelled',
      'connection-lost',
      'declined',
      'do-not-disturb',
      'hung-up',
      'media-failed',
      'no-answer',
      'not-allowed',
      'server-error',
      'unreachable',
    ]);
  });
});
