import { randomUUID } from 'node:crypto';
import { CallEffects } from '../../extension/phone/calls/call-effects.ts';
import { Outbox } from '../../extension/phone/chat/outbox.ts';
import { PhoneRunner } from '../../extension/phone/calls/phone-runner.ts';
import type { Happening } from '../../extension/phone/calls/machine/event.ts';
import { isLive, isTalking, type Phone } from '../../extension/phone/calls/machine/phone.ts';
import { Signaling } from '../../extension/phone/connection/signaling.ts';
import type { SignedIn } from '../../protocol/account/account.ts';
import type { Handshake } from '../../protocol/handshake.ts';
import type { CallId, UserId } from '../../protocol/ids.ts';
import type { ChosenStatus, Person, Status } from '../../protocol/presence/presence.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { Air } from './air.ts';
import { AirLink } from './air-link.ts';
import { Asked } from './asked.ts';
import type { Way } from '../../testkit/server/balancer.ts';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';

/** What the device gives to the phone that runs on it. */
export interface ChaosPhoneOptions {
  /** The name by which the checker's findings refer to this phone. */
  name: string;
  who: SignedIn;
  way: Way;
  air: Air<AirLink>;
  journal: Journal;
  random: Random;
  /** Another phone of the same sign-in has taken its place. */
  onSuperseded?: (phone: ChaosPhone) => void;
}

/** Milliseconds. */
const ANSWER_WITHIN = 3_000;

/** What a phone shows of a contact. */
interface Seen {
  readonly status: Status;
  readonly v: number;
}

/**
 * One life of a phone: the extension's own signalling, call machine, effects and outbox, with links through the air
 * in the place of WebRTC.
 */
export class ChaosPhone {
  readonly instanceId = randomUUID();
  readonly #options: ChaosPhoneOptions;
  readonly #signaling: Signaling;
  readonly #asked: Asked;
  readonly #runner: PhoneRunner;
  readonly #outbox: Outbox;
  readonly #effects: CallEffects;
  readonly #links = new Map<CallId, AirLink>();
  readonly #seen = new Map<UserId, Seen>();
  #connection = 'connecting';
  #readyAt = 0;
  #gone = false;

  constructor(options: ChaosPhoneOptions) {
    this.#options = options;
    const { name, who, way, journal, random } = options;
    this.#signaling = new Signaling({
      serverUrl: way.url,
      handshake: () => this.#handshake(),
      why: () => Promise.resolve('server-unreachable'),
      onState: (state) => {
        this.#connection = state.kind === 'offline' ? state.problem : state.kind;
      },
      log: (what, detail) => {
        if (what === 'event-unknown' || what === 'event-malformed')
          journal.violations.push(`${name}: ${what} ${JSON.stringify(detail)}`);
      },
      random: () => random.next(),
    });
    const { userId } = who.account;
    this.#asked = new Asked({ phone: name, userId, signaling: this.#signaling, journal, random });
    const effects = (this.#effects = new CallEffects({
      links: {
        open: (callId) => this.#open(callId),
        find: (callId) => this.#links.get(callId),
        release: (callId) => {
          this.#links.get(callId)?.release();
          this.#links.delete(callId);
        },
      },
      signaling: () => this.#asked,
      dispatch: (happening) => {
        this.#dispatch(happening);
      },
    }));
    this.#runner = new PhoneRunner(() => undefined);
    this.#runner.on('changed', ({ now, before }) => {
      this.#changed(now, before);
    });
    this.#runner.on('effect', (effect) => {
      effects.run(effect);
    });
    this.#outbox = new Outbox({
      send: ({ id, to, text }) => this.#asked.request('message:send', { id, to, text }),
      onTaken: ({ id, to, text }, at) => journal.sent.push({ id, from: userId, to, text, at }),
      onChange: () => undefined,
    });
    this.#listen();
    this.#signaling.connect();
  }

  get name(): string {
    return this.#options.name;
  }

  get person(): Person {
    return this.#options.who.account;
  }

  get phone(): Phone {
    return this.#runner.phone;
  }

  get isOnline(): boolean {
    return this.#signaling.online;
  }

  /** The state of the connection, or why there is none. */
  get connection(): string {
    return this.#connection;
  }

  /** When the phone last received its whole state from the server, in epoch milliseconds. */
  get readyAt(): number {
    return this.#readyAt;
  }

  /** Messages that are not acknowledged yet. */
  get unsent(): number {
    return this.#outbox.all.length;
  }

  statusOf(userId: UserId): Status | 'unknown' {
    return this.#seen.get(userId)?.status ?? 'unknown';
  }

  dial(peer: Person): void {
    if (!isLive(this.phone.current))
      this.#dispatch({ kind: 'dial', callId: randomUUID(), peer, media: 'audio' });
  }

  /** Answers the foremost ringing call, unless this phone is in a call. */
  accept(): void {
    const [call] = this.phone.incoming;
    if (call && !isTalking(this.phone))
      this.#dispatch({ kind: 'accept', callId: call.callId, media: 'audio' });
  }

  decline(): void {
    const [call] = this.phone.incoming;
    if (call) this.#dispatch({ kind: 'decline', callId: call.callId });
  }

  hangUp(): void {
    this.#dispatch({ kind: 'hang-up' });
  }

  write(to: UserId, text: string): void {
    const message = { id: randomUUID(), to, text, at: Date.now(), problem: null };
    this.#outbox.add(message);
  }

  async choose(status: ChosenStatus): Promise<boolean> {
    return (await this.#asked.request('presence:set', { status })).ok;
  }

  /** Asks for the newest part of the person's history. Resolves to whether the server returned it. */
  async readHistory(): Promise<boolean> {
    const answer = await this.#asked.request('history:page', { limit: 100 });
    if (!answer.ok) return false;
    const { userId } = this.person;
    const { seenEntries } = this.#options.journal;
    for (const { callId, reason } of answer.entries) seenEntries.push({ userId, callId, reason });
    return true;
  }

  /** The server's record of the call that this phone is in; null if there is none or the server does not answer. */
  async stateOfCall(): Promise<string | null> {
    const callId = this.phone.current?.callId;
    if (callId === undefined || !this.isOnline) return null;
    const answer = await this.#asked.request('call:resume', { callId }, AbortSignal.timeout(ANSWER_WITHIN));
    return answer.ok ? answer.state : answer.code;
  }

  /** As after a click on "try again". */
  reconnect(): void {
    this.#signaling.reopen();
  }

  /** The phone crashes: it tells nobody, and remembers nothing. */
  crash(): void {
    const { current } = this.phone;
    // The reason that this phone showed cannot be corrected any more.
    if (current?.kind === 'ended' && this.#asked.isUntold(current.callId))
      this.#options.journal.unsure(this.name, current.callId);
    this.#gone = true;
    this.#signaling.close();
    for (const link of this.#links.values()) link.release();
    this.#links.clear();
    this.#outbox.reset([]);
  }

  #handshake(): Handshake {
    const { current } = this.#runner.phone;
    const callId = isLive(current) ? current.callId : undefined;
    const ended = this.#effects.untoldEnd;
    return {
      protocol: PROTOCOL_VERSION,
      token: this.#options.who.token,
      instanceId: this.instanceId,
      ...(callId !== undefined && { callId }),
      ...(ended && { ended }),
    };
  }

  #open(callId: CallId): AirLink {
    const { air, way } = this.#options;
    const link: AirLink = new AirLink(air, {
      callId,
      isReachable: () => way.isOpen,
      sendSignal: (signal) => void this.#asked.request('call:signal', { callId, signal }, link.signal),
      dispatch: (happening) => {
        this.#dispatch(happening);
      },
    });
    this.#links.set(callId, link);
    return link;
  }

  #dispatch(happening: Happening): void {
    if (this.#gone) return;
    const outcome = this.#runner.dispatch(happening);
    if (outcome === 'illegal')
      this.#options.journal.violations.push(`${this.name}: ${happening.kind} is illegal`);
  }

  #changed({ current, incoming }: Phone, before: Phone): void {
    if (this.#gone) return;
    const { journal, who } = this.#options;
    const was = before.current;
    // The phone shows something else by now, so the reason on record comes too late to be shown.
    if (was?.kind === 'ended' && was.callId !== current?.callId && this.#asked.isUntold(was.callId))
      journal.unsure(this.name, was.callId);
    if (current?.kind === 'ended' && current !== was) {
      journal.showEnd(this.name, who.account.userId, current.callId, current.reason);
    }
    if (current?.kind === 'reconnecting') this.#signaling.setUrgency('lost');
    else this.#signaling.setUrgency(current !== null || incoming.length > 0 ? 'call' : 'calm');
  }

  #see(userId: UserId, seen: Seen): void {
    if ((this.#seen.get(userId)?.v ?? 0) <= seen.v) this.#seen.set(userId, seen);
  }

  #listen(): void {
    const { journal, who } = this.#options;
    const signaling = this.#signaling;
    signaling.on('session:ready', ({ ringing, queue, iceServers, contacts }) => {
      this.#effects.iceServers = iceServers;
      this.#readyAt = Date.now();
      this.#seen.clear();
      for (const { userId, status, v } of contacts) this.#see(userId, { status, v });
      this.#dispatch({ kind: 'online', queue });
      for (const incoming of ringing) this.#dispatch({ kind: 'incoming', ...incoming });
    });
    signaling.on('session:ended', ({ code }) => {
      if (code === 'superseded') journal.count('phone superseded');
      this.#dispatch({ kind: 'stopped' });
      if (code === 'superseded') this.#options.onSuperseded?.(this);
    });
    for (const event of ['presence:changed', 'contact:changed'] as const)
      signaling.on(event, ({ userId, status, v }) => {
        this.#see(userId, { status, v });
      });
    signaling.on('call:incoming', (incoming) => {
      this.#dispatch({ kind: 'incoming', ...incoming });
    });
    signaling.on('call:queue', (queue) => {
      this.#dispatch({ kind: 'queue', queue });
    });
    signaling.on('call:state', (state) => {
      const { current } = this.phone;
      const isUp = state.state === 'connecting' || state.state === 'active';
      if (isUp && isLive(current) && current.callId === state.callId)
        journal.hold(who.account.userId, state.callId);
      this.#dispatch({ kind: 'state', state });
    });
    signaling.on('call:signal', ({ callId, signal }) => {
      void this.#links.get(callId)?.peer.handleSignal(signal);
    });
  }
}
