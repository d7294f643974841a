import { randomUUID } from 'node:crypto';
import type { SignedIn } from '../../../protocol/account/account.ts';
import type { DirectoryMode } from '../../../protocol/people/contacts.ts';
import type { Live } from '../../../server/live.ts';
import { traceParts } from '../../../server/operate/tracing/trace-parts.ts';
import { createFakeClock, type FakeClock } from '../fake-clock.ts';
import type { Heard, Phone } from '../phone.ts';
import { pngFile } from '../picture-files.ts';
import { startTestServer, type TestServer } from '../start-test-server.ts';
import { until } from '../until.ts';
import { createWorkWatch, type Answered, type WorkWatch } from './work-watch.ts';

/** Why the other person is absent for the onlooker: a block, appearing offline, or really being offline. */
export type Way = 'blocked' | 'hidden' | 'gone';

/** What the onlooker observed in one step. */
export interface Observation {
  readonly step: string;
  readonly answer: unknown;
  /** The queries to store and live state before the answers to the onlooker. */
  readonly work: readonly Answered[];
  /** The events at each of the onlooker's phones, in order. */
  readonly told: readonly (readonly Heard[])[];
}

/** The last query for a connecting phone before the server greets it. */
const BEFORE_GREETING = 'store.presence.of';

/** A server with an onlooker and the other person, whom the onlooker tries to find out about. */
export class OnlookerWorld implements AsyncDisposable {
  readonly server: TestServer;
  readonly clock: FakeClock;
  readonly onlooker: SignedIn;
  readonly other: SignedIn;
  /** A second sign-in of the other person, for requests while no phone of theirs is connected. */
  readonly otherElsewhere: SignedIn;
  phones: Phone[] = [];
  /** How many ids the steps have created. */
  made = 0;
  /** The connected phones of the other person. */
  others: Phone[] = [];
  /** A third person, whom the other person calls and whom the onlooker never sees. */
  third: Phone | null = null;
  /** The call with that third person. */
  call: { callId: string; phone: Phone } | null = null;
  /** An invite code of the other person. */
  code = '';
  readonly #watch: WorkWatch;
  readonly #live: Live;
  #told = new Map<Phone, number>();
  /** How many of the queries that belong to no answer have been skipped. */
  #passedOver = 0;

  private constructor(parts: {
    server: TestServer;
    clock: FakeClock;
    watch: WorkWatch;
    live: Live;
    people: readonly [SignedIn, SignedIn, SignedIn];
  }) {
    this.server = parts.server;
    this.clock = parts.clock;
    this.#watch = parts.watch;
    this.#live = parts.live;
    [this.onlooker, this.other, this.otherElsewhere] = parts.people;
  }

  /**
   * Opens a server with two online people who have written to each other; the other has a picture and a text, and
   * shows their last seen.
   */
  static async open(directory: DirectoryMode): Promise<OnlookerWorld> {
    const clock = createFakeClock();
    const watch = createWorkWatch();
    const kept: { live?: Live } = {};
    const server = await startTestServer({
      clock,
      config: { directory },
      deps: (deps) => {
        kept.live = deps.live;
        const { live } = deps;
        const { tracer } = watch;
        return {
          ...deps,
          tracer,
          live: {
            ...live,
            phones: traceParts(live.phones, 'live.phones', tracer),
            presence: traceParts(live.presence, 'live.presence', tracer),
            lists: traceParts(live.lists, 'live.lists', tracer),
          },
        };
      },
    });
    if (!kept.live) throw new Error('no live state');
    const [onlooker, other] = [await server.signUp('ada'), await server.signUp('bob')];
    const people = [onlooker, other, await server.signIn('bob')] as const;
    const world = new OnlookerWorld({ server, clock, watch, live: kept.live, people });
    await world.#begin(directory);
    return world;
  }

  async #begin(directory: DirectoryMode): Promise<void> {
    const { server, onlooker, other } = this;
    if (directory === 'contacts') {
      await server.store.contacts.add(onlooker.account.userId, other.account.userId);
    }
    await this.rest('PUT', '/accounts/current/picture', this.otherElsewhere, pngFile({ grey: 0 }));
    const [mine, theirs] = [await server.phone(onlooker), await server.phone(other)];
    this.phones = [mine];
    this.others = [theirs];
    const made = await theirs.request('contact:make-code', {});
    if (made.ok) this.code = made.code;
    await this.#meetThird(directory);
    await theirs.request('presence:last-seen', { shown: true });
    await theirs.request('presence:text', { text: 'At the desk' });
    const message = (to: SignedIn, text: string) => ({ id: randomUUID(), to: to.account.userId, text });
    await mine.request('message:send', message(other, 'Lunch?'));
    await theirs.request('message:send', message(onlooker, 'At noon'));
    this.clock.advance(1000);
    await this.settle();
    this.#read();
  }

  async #meetThird(directory: DirectoryMode): Promise<void> {
    const { server, onlooker, other } = this;
    const third = await server.signUp('eve');
    if (directory === 'contacts') await server.store.contacts.add(third.account.userId, other.account.userId);
    this.third = await server.phone(third);
    await this.third.request('contact:block', { userId: onlooker.account.userId });
  }

  /** Makes the other person absent for the onlooker from now on. */
  async part(way: Way): Promise<void> {
    const [theirs] = this.others;
    if (way === 'blocked') await theirs?.request('contact:block', { userId: this.onlooker.account.userId });
    if (way === 'hidden') await theirs?.request('presence:set', { status: 'appear-offline' });
    if (way === 'gone') {
      await this.server.signOut(this.other);
      this.others = [];
    }
  }

  /** Makes the other person present again, for everybody. */
  async comeBack(way: Way): Promise<void> {
    const [theirs] = this.others;
    if (way === 'blocked') await theirs?.request('contact:unblock', { userId: this.onlooker.account.userId });
    if (way === 'hidden') await theirs?.request('presence:set', { status: 'available' });
    if (way === 'gone') this.others = [await this.server.phone(await this.server.signIn('bob'))];
  }

  /** Connects a phone of the onlooker. */
  async connect(): Promise<void> {
    this.phones.push(await this.server.phone(await this.server.signIn('ada')));
  }

  /** Connects a phone of the onlooker and signs it out. */
  async connectAndSignOut(): Promise<void> {
    const device = await this.server.signIn('ada');
    const phone = await this.server.phone(device);
    const closed = phone.closed();
    await this.server.signOut(device);
    await closed;
    // The queries after that greeting must be done before the next phone connects.
    await this.settle();
    this.#passedOver = this.#watch.beside.length;
  }

  /** Disconnects a phone of the other person, and connects another. */
  async othersReconnect(): Promise<void> {
    const phone = this.others.shift();
    const { userId } = this.other.account;
    const there = (await this.#live.phones.sessionsOf(userId)).size;
    phone?.close();
    await until(
      'a phone that is gone',
      async () => (await this.#live.phones.sessionsOf(userId)).size < there,
    );
    this.others.push(await this.server.phone(await this.server.signIn('bob')));
  }

  /** Disconnects the onlooker's oldest phone; resolves when the server has noticed. */
  async disconnect(): Promise<void> {
    const phone = this.phones.shift();
    if (!phone) return;
    const there = (await this.#live.phones.sessionsOf(this.onlooker.account.userId)).size;
    phone.close();
    await until(
      'a phone that is gone',
      async () => (await this.#live.phones.sessionsOf(this.onlooker.account.userId)).size < there,
    );
  }

  /** Sends a request over HTTP and returns the response without its times. */
  async rest(method: string, path: string, who: SignedIn, body?: Uint8Array | object): Promise<unknown> {
    const isFile = body instanceof Uint8Array;
    const response = await fetch(`${this.server.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${who.token}`,
        ...(body && !isFile && { 'content-type': 'application/json' }),
      },
      ...(body && { body: isFile ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const { date: _now, ...headers } = Object.fromEntries(response.headers);
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers, body: bytes.toString('latin1') };
  }

  /** Runs a step and returns all that the onlooker observed of it. */
  async observe(by: string, step: string, act: () => Promise<unknown>): Promise<Observation> {
    const [answers, besides] = [this.#watch.answered.length, this.#watch.beside.length];
    const known = new Set(this.phones);
    const answer = await act();
    const work = this.#watch.answered.slice(answers);
    const isGreeted = this.phones.some((phone) => !known.has(phone));
    await this.settle();
    const beside = this.#watch.beside.slice(Math.max(besides, this.#passedOver));
    const greeting = beside.slice(0, beside.lastIndexOf(BEFORE_GREETING) + 1);
    return {
      step: `${by}: ${step}`,
      answer: by === 'onlooker' ? answer : null,
      work: by !== 'onlooker' ? [] : isGreeted ? [...work, { name: 'connect', work: greeting }] : work,
      told: this.#read(),
    };
  }

  /** Lets time pass. */
  wait(ms: number): Promise<void> {
    this.clock.advance(ms);
    return Promise.resolve();
  }

  /** Resolves when all consequences of earlier steps are done and have arrived. */
  async settle(): Promise<void> {
    await this.#watch.idle();
    await Promise.all(
      // All that the server sent a phone before this answer has arrived with it.
      this.phones.map((phone) => phone.raw('call:resume', { callId: randomUUID() })),
    );
    await this.#watch.idle();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.stop();
  }

  #read(): Heard[][] {
    return this.phones.map((phone) => {
      const from = this.#told.get(phone) ?? 0;
      this.#told.set(phone, phone.heard.length);
      return phone.heard.slice(from);
    });
  }
}
