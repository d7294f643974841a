import type { UserId } from '../../protocol/ids.ts';
import type { ChosenStatus, PresenceChange, Status } from '../../protocol/presence.ts';
import type { Clock, Timer } from '../clock.ts';
import { deriveStatus, type PresenceFacts } from './derive-status.ts';

/** Times of presence, in milliseconds. */
const PRESENCE_TIMES = {
  /** Changes of one person this soon after a published one are merged. */
  merge: 250,
  /** How long a person whose last phone vanished is still shown: most come straight back. */
  grace: 10_000,
} as const;

interface Entry extends PresenceFacts {
  /** What was published last, and its version. */
  status: Status;
  v: number;
  merging: boolean;
  grace: Timer | null;
}

interface PresenceDeps {
  clock: Clock;
  /** Tells those who may see the person. */
  publish: (change: PresenceChange) => void;
}

/**
 * Everybody's presence: facts come in by methods, published changes go out by
 * `publish`. A first change goes out at once, those within 250 ms after it are
 * merged into one, and a change that was taken back is not published at all.
 */
export class Presence {
  readonly #deps: PresenceDeps;
  readonly #people = new Map<UserId, Entry>();
  readonly #timers = new Set<Timer>();

  constructor(deps: PresenceDeps) {
    this.#deps = deps;
  }

  /** A phone of the person is connected. `chosen` is what the store remembers. */
  online(userId: UserId, chosen: ChosenStatus): void {
    const entry = this.#entry(userId);
    this.#endGrace(entry);
    this.#change(userId, entry, { online: true, chosen });
  }

  /** The person's last phone is gone. With `grace` it may come back unnoticed. */
  offline(userId: UserId, { grace }: { grace: boolean }): void {
    const entry = this.#entry(userId);
    this.#endGrace(entry);
    if (!grace || !entry.online) {
      this.#change(userId, entry, { online: false });
      return;
    }
    entry.grace = this.#later(PRESENCE_TIMES.grace, () => {
      entry.grace = null;
      this.#change(userId, entry, { online: false });
    });
  }

  choose(userId: UserId, chosen: ChosenStatus): void {
    this.#change(userId, this.#entry(userId), { chosen });
  }

  setInCall(userId: UserId, inCall: boolean): void {
    this.#change(userId, this.#entry(userId), { inCall });
  }

  /** What others have been told of the person. */
  published(userId: UserId): { status: Status; v: number } {
    const { status, v } = this.#people.get(userId) ?? { status: 'offline', v: 0 };
    return { status, v };
  }

  /** What the person chose, as far as known; only people who were online since the start are. */
  chosen(userId: UserId): ChosenStatus {
    return this.#people.get(userId)?.chosen ?? 'available';
  }

  /** Stops timers; publishes nothing more. */
  close(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #entry(userId: UserId): Entry {
    const known = this.#people.get(userId);
    if (known) return known;
    const entry: Entry = {
      chosen: 'available',
      online: false,
      inCall: false,
      status: 'offline',
      v: 0,
      merging: false,
      grace: null,
    };
    this.#people.set(userId, entry);
    return entry;
  }

  #change(userId: UserId, entry: Entry, facts: Partial<PresenceFacts>): void {
    Object.assign(entry, facts);
    this.#publish(userId, entry);
  }

  #publish(userId: UserId, entry: Entry): void {
    const status = deriveStatus(entry);
    if (entry.merging || status === entry.status) return;
    entry.status = status;
    // Never lower than before, also across a restart.
    entry.v = Math.max(entry.v + 1, this.#deps.clock.now());
    entry.merging = true;
    this.#later(PRESENCE_TIMES.merge, () => {
      entry.merging = false;
      this.#publish(userId, entry);
    });
    this.#deps.publish({ userId, status, v: entry.v });
  }

  #endGrace(entry: Entry): void {
    if (!entry.grace) return;
    entry.grace.cancel();
    this.#timers.delete(entry.grace);
    entry.grace = null;
  }

  #later(ms: number, fn: () => void): Timer {
    const timer = this.#deps.clock.setTimeout(() => {
      this.#timers.delete(timer);
      fn();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }
}
