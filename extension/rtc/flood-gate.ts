import type { Clock } from './clock.ts';
import { TokenBucket } from './token-bucket.ts';

/** A call in good faith sends one message a second, and a few dozen when it looks for another path. */
const MESSAGES = { size: 60, perSecond: 20 } as const;
/** In UTF-16 code units: room for four of the largest messages at once, and for one more each second. */
const LENGTH = { size: 256 * 1024, perSecond: 64 * 1024 } as const;
/** How many dropped messages do not close the channel: a phone that was stuck receives everything at once. */
const DROPPED = { size: 200, perSecond: 1 } as const;

/** Bounds what the other side of a call sends over the data channel. */
export class FloodGate {
  readonly #messages: TokenBucket;
  readonly #length: TokenBucket;
  readonly #forgiven: TokenBucket;
  #dropped = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#messages = new TokenBucket(clock, MESSAGES);
    this.#length = new TokenBucket(clock, LENGTH);
    this.#forgiven = new TokenBucket(clock, DROPPED);
  }

  /** Messages that were too much. */
  get dropped(): number {
    return this.#dropped;
  }

  /** What to do with a message of that length; `close`: its sender has gone on for too long. */
  admit(length: number): 'take' | 'drop' | 'close' {
    if (this.#messages.take() && this.#length.take(length)) return 'take';
    this.#dropped += 1;
    return this.#forgiven.take() ? 'drop' : 'close';
  }
}
