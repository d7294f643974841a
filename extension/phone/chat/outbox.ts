import type { ErrorCode } from '../../../protocol/errors.ts';
import type { MessageId, UserId } from '../../../protocol/ids.ts';
import type { Answer } from '../connection/signaling-types.ts';
import type { StoredUnsent } from './stored-messages.ts';

interface Options {
  /** Asks the server; null while nobody is signed in. */
  send: (message: StoredUnsent) => Promise<Answer<'message:send'>> | null;
  onTaken: (message: StoredUnsent, at: number) => void;
  onChange: () => void;
}

/** Refusals that pass by themselves. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'rate-limited',
  'overloaded',
  'unavailable',
  'storage-full',
]);
/** Milliseconds after such a refusal until the next try, where the server names no time. */
const AGAIN_AFTER = 3_000;
/**
 * Seconds. A longer wait means that today's amount is used up: every other limit on messages passes within a
 * minute.
 */
const SHORT_WAIT = 60;

/**
 * Messages on their way to the server. To each person they go one after the other, so that they arrive
 * in the order in which they were written; what the server refuses for good waits for the person.
 */
export class Outbox {
  readonly #options: Options;
  #messages: StoredUnsent[] = [];
  /**
   * The people to whom a message is on its way, each with the turn that sends it; a turn that is not in it any more
   * stops.
   */
  readonly #busy = new Map<UserId, symbol>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the server takes messages again, in epoch milliseconds, where it has named a time. */
  #heldUntil = 0;
  #sendsAgainAt: number | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  get all(): readonly StoredUnsent[] {
    return this.#messages;
  }

  /** When messages go out again, in epoch milliseconds, where today's amount is used up. */
  get sendsAgainAt(): number | null {
    return this.#sendsAgainAt;
  }

  /** Replaces everything. Answers to messages that are already on their way are ignored. */
  reset(messages: readonly StoredUnsent[]): void {
    clearTimeout(this.#timer);
    this.#release();
    this.#busy.clear();
    this.#messages = [...messages];
    this.resume();
  }

  add(message: StoredUnsent): void {
    this.#messages = [...this.#messages, message];
    this.#options.onChange();
    void this.#sendNext(message.to);
  }

  /** Returns whether there was such a message. */
  retry(id: MessageId): boolean {
    const message = this.#messages.find((each) => each.id === id);
    if (!message) return false;
    this.#set(id, null);
    void this.#sendNext(message.to);
    return true;
  }

  discard(id: MessageId): boolean {
    const before = this.#messages.length;
    this.#messages = this.#messages.filter((each) => each.id !== id);
    this.#options.onChange();
    return this.#messages.length < before;
  }

  /** Sends what waits, because the server may be reachable again. */
  resume(): void {
    for (const to of new Set(this.#messages.map((message) => message.to))) void this.#sendNext(to);
  }

  async #sendNext(to: UserId): Promise<void> {
    if (this.#busy.has(to)) return;
    const turn = Symbol(to);
    this.#busy.set(to, turn);
    for (;;) {
      const isHeld = Date.now() < this.#heldUntil;
      const message = isHeld
        ? undefined
        : this.#messages.find((each) => each.to === to && each.problem === null);
      const answer = message && (await this.#options.send(message));
      // Somebody else has signed in meanwhile.
      if (this.#busy.get(to) !== turn) return;
      if (!message || !answer) break;
      if (answer.ok) {
        this.#messages = this.#messages.filter(({ id }) => id !== message.id);
        this.#options.onTaken(message, answer.at);
      } else if (PASSING.has(answer.code)) {
        this.#later('retryAfter' in answer ? answer.retryAfter : undefined);
        break;
      } else {
        this.#set(message.id, answer.code);
      }
    }
    this.#busy.delete(to);
  }

  /** @param seconds that the server asks for. Its limits are an account's, so messages to everybody wait. */
  #later(seconds = 0): void {
    const now = Date.now();
    this.#heldUntil = Math.max(this.#heldUntil, seconds === 0 ? 0 : now + seconds * 1000);
    if (seconds > SHORT_WAIT) this.#sendsAgainAt = this.#heldUntil;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#release();
        this.#options.onChange();
        this.resume();
      },
      this.#heldUntil > now ? this.#heldUntil - now : AGAIN_AFTER,
    );
    this.#options.onChange();
  }

  #release(): void {
    this.#heldUntil = 0;
    this.#sendsAgainAt = null;
  }

  #set(id: MessageId, problem: ErrorCode | null): void {
    this.#messages = this.#messages.map((message) => (message.id === id ? { ...message, problem } : message));
    this.#options.onChange();
  }
}
