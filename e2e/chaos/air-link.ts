import { randomUUID } from 'node:crypto';
import type { Happening } from '../../extension/phone/calls/machine/event.ts';
import type { EffectLink } from '../../extension/phone/calls/call-effects.ts';
import type { EndCause } from '../../protocol/calls/call.ts';
import type { CallId } from '../../protocol/ids.ts';
import type { Signal } from '../../protocol/calls/signal.ts';
import { testCandidate, testSdp } from '../../testkit/server/descriptions.ts';
import type { Air } from './air.ts';

interface Options {
  callId: CallId;
  /** Whether the device has a network. */
  isReachable: () => boolean;
  sendSignal: (signal: Signal) => void;
  dispatch: (happening: Happening) => void;
}

/** How long a call hears nothing from the other side before it looks for a new path, in milliseconds. */
const SILENCE = 2_000;

const markOf = (sdp: string): string | null => /^s=(\S+)/m.exec(sdp)?.[1] ?? null;

/**
 * A call's link without WebRTC: two of them are connected when each was given the other's description, both have
 * started, and the candidates of at least one have reached the other. What the server relays has to be right for that.
 */
export class AirLink implements EffectLink {
  readonly mark = randomUUID();
  readonly #air: Air<AirLink>;
  readonly #options: Options;
  readonly #released = new AbortController();
  #theirs: string | null = null;
  #started = false;
  #heard = false;
  #connected = false;

  constructor(air: Air<AirLink>, options: Options) {
    this.#air = air;
    this.#options = options;
    air.add(this);
  }

  get signal(): AbortSignal {
    return this.#released.signal;
  }

  readonly peer: EffectLink['peer'] = {
    prepareOffer: () => Promise.resolve(testSdp(this.mark)),
    startOffer: () => this.#start(),
    applyAnswer: (answer) => {
      this.#theirs = markOf(answer);
      this.#connect();
      return Promise.resolve();
    },
    startAnswer: () => this.#start(),
    handleSignal: () => {
      this.#hear();
      return Promise.resolve();
    },
    repeatSignals: () => {
      this.#sendCandidates();
    },
    restartIce: () => {
      this.#connect();
      return Promise.resolve();
    },
  };

  prepare(offer: string): void {
    this.#theirs = markOf(offer);
  }

  answer(): Promise<string> {
    return Promise.resolve(testSdp(this.mark));
  }

  /** Nothing is captured. */
  openSources(): void {
    this.#connect();
  }

  openOnly(): void {
    this.#connect();
  }

  /** The data channel delivers it, unless the server is faster or the channel closes first. */
  hangUp(cause?: EndCause): void {
    const other = this.#other();
    if (!this.#connected || !other || !this.#air.isLucky()) return;
    setTimeout(() => {
      if (other.signal.aborted || !this.#options.isReachable() || !other.#options.isReachable()) return;
      other.#options.dispatch({ kind: 'peer-hung-up', callId: this.#options.callId, cause });
    }, 5);
  }

  // No call is handed over to another phone in these runs.
  succeed(): Promise<void> {
    return Promise.reject(new Error('no second links'));
  }
  switchOver(): void {
    this.#connect();
  }
  dropNextLink(): void {
    this.#connect();
  }

  /** The call is over here. From now on the other side receives nothing, even if it does not know of the end yet. */
  release(): void {
    const other = this.#other();
    this.#released.abort();
    this.#air.remove(this);
    if (this.#connected) other?.watch();
  }

  /** The network of either side may have changed. */
  watch(): void {
    if (!this.#connected) return;
    setTimeout(() => {
      if (!this.#connected || this.signal.aborted || this.#reaches()) return;
      this.#connected = false;
      this.#options.dispatch({ kind: 'peer-interrupted', callId: this.#options.callId });
    }, SILENCE);
  }

  #start(): Promise<void> {
    this.#started = true;
    this.#sendCandidates();
    this.#connect();
    return Promise.resolve();
  }

  #sendCandidates(): void {
    const candidates = [{ candidate: testCandidate(), sdpMid: '0', sdpMLineIndex: 0 }];
    this.#options.sendSignal({ kind: 'candidates', seq: 1, ufrag: 'chaos', candidates });
  }

  #hear(): void {
    this.#heard = true;
    this.#connect();
  }

  #other(): AirLink | null {
    const other = this.#theirs === null ? null : this.#air.find(this.#theirs);
    return other !== null && other.#theirs === this.mark ? other : null;
  }

  #reaches(): boolean {
    const other = this.#other();
    return other !== null && this.#options.isReachable() && other.#options.isReachable();
  }

  #canConnect(): boolean {
    const other = this.#other();
    return other !== null && this.#started && other.#started && (this.#heard || other.#heard);
  }

  #connect(): void {
    if (this.#connected || !this.#canConnect() || !this.#reaches()) return;
    setTimeout(() => {
      const other = this.#other();
      this.#up();
      if (other) other.#up();
    }, 10);
  }

  #up(): void {
    if (this.#connected || this.signal.aborted || !this.#reaches()) return;
    this.#connected = true;
    this.#options.dispatch({ kind: 'peer-connected', callId: this.#options.callId });
  }
}
