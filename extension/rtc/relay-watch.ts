import type { IceServers } from '../../protocol/calls/call.ts';
import type { Clock } from './clock.ts';

/**
 * Why no path was found, as far as this side can tell. `hidden-without-relay`: the address is to stay hidden and
 * there is nothing to hide it behind. `no-relay`: the server has none, and no direct path was found.
 * `relay-unreachable` and `relay-refused`: there is one, and this side could not use it.
 * `no-path`: this side's relay was ready; it is the other side, or what lies between.
 */
export type PathProblem =
  'hidden-without-relay' | 'no-relay' | 'relay-unreachable' | 'relay-refused' | 'no-path';

/** New credentials are asked for this long before the old ones expire, in milliseconds. */
const MARGIN = 60_000;

/**
 * Credentials that a relay refuses this soon after they came, in milliseconds, are wrong rather than expired: new
 * ones would be no better.
 */
const FRESH = 15_000;

const isRelay = (url: string): boolean => /^turns?:/.test(url);

/** What a connection learns of the relays (TURN) it may use. */
export class RelayWatch {
  readonly #clock: Pick<Clock, 'now'>;
  #used = false;
  #relayOnly = false;
  #hasRelay = false;
  #gotAt = 0;
  #lapsesAt = Infinity;
  #refused = false;
  #found = false;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Uses these servers from now on. */
  use(iceServers: IceServers, { relayOnly }: { relayOnly: boolean }): void {
    this.#used = true;
    this.#relayOnly = relayOnly;
    this.#hasRelay = iceServers.some(({ urls }) => urls.some(isRelay));
    this.#gotAt = this.#clock.now();
    const lives = iceServers.flatMap(({ expiresIn }) => expiresIn ?? []);
    this.#lapsesAt = this.#gotAt + Math.min(...lives);
    this.#refused = false;
  }

  /** The browser found a candidate of its own. */
  found(candidate: string): void {
    if (/ typ relay\b/.test(candidate)) this.#found = true;
  }

  /** The browser got an error instead of a candidate. */
  failed({ url, errorCode }: { url: string; errorCode: number }): void {
    // 701 is the browser's own code for no answer (W3C WebRTC, section 4.8.1.3); the rest are the relay's answers.
    if (isRelay(url) && errorCode < 700) this.#refused = true;
  }

  /**
   * Whether new credentials are needed: these have expired or soon will, or a relay refuses them although they are
   * not fresh.
   */
  get lapsed(): boolean {
    const now = this.#clock.now();
    return now >= this.#lapsesAt - MARGIN || (this.#refused && now >= this.#gotAt + FRESH);
  }

  /** Why there is no path, should there be none; null while none was looked for. */
  get problem(): PathProblem | null {
    if (!this.#used) return null;
    if (!this.#hasRelay) return this.#relayOnly ? 'hidden-without-relay' : 'no-relay';
    if (this.#found) return 'no-path';
    return this.#refused ? 'relay-refused' : 'relay-unreachable';
  }
}
