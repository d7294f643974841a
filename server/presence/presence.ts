import type { InstanceId, UserId } from '../../protocol/ids.ts';
import type { ChosenStatus, PresenceChange } from '../../protocol/presence.ts';
import type { Clock, Timer } from '../clock.ts';
import { deriveSeen, type Seen } from './derive-seen.ts';

/** Times of presence, in milliseconds. */
const PRESENCE_TIMES = {
  /** Changes of one person this soon after a published one are merged. */
  merge: 250,
  /** How long a device that vanished still counts: most come straight back. */
  grace: 10_000,
} as const;

/** What a person has decided about their presence. */
export interface Wish {
  chosen: ChosenStatus;
  text: string | null;
  /** Others may see when the person was here last. */
  lastSeenShown: boolean;
}

interface Device {
  idle: boolean;
  /** Runs while the device is gone and may come back. */
  grace: Timer | null;
}

interface Entry extends Wish {
  devices: Map<InstanceId, Device>;
  inCall: boolean;
  lastSeen: number | null;
  /** What others see, and its version. */
  seen: Seen;
  v: number;
  merging: boolean;
}

interface PresenceDeps {
  clock: Clock;
  /** Tells those who may see the person. */
  publish: (change: PresenceChange) => void;
  /** Somebody who lets others know came or left, as others see it: to be remembered. `at` is epoch milliseconds. */
  onSeen?: (userId: UserId, at: number) => void;
}

const isSame = (a: Seen, b: Seen): boolean =>
  a.status === b.status && a.text === b.text && a.lastSeen === b.lastSeen;

/**
 * Everybody's presence: facts come in by methods, published changes go out by
 * `publish`. A first change goes out at once, those within 250 ms after it are
 * merged into one, and a change that was taken back is not published at all.
 * Of people who are offline, or appear so, nothing is published until they are back.
 */
export class Presence {
  readonly #deps: PresenceDeps;
  readonly #people = new Map<UserId, Entry>();
  readonly #timers = new Set<Timer>();

  constructor(deps: PresenceDeps) {
    this.#deps = deps;
  }

  /** What the store remembers of a person, before anybody connects. */
  restore(userId: UserId, wish: Wish, lastSeen: number | null): void {
    const entry = this.#entry(userId);
    Object.assign(entry, wish, { lastSeen });
    entry.seen = deriveSeen({ ...entry, idle: [] });
  }

  /** A device of the person is connected. */
  connected(userId: UserId, device: InstanceId, { idle }: { idle: boolean }): void {
    const entry = this.#entry(userId);
    this.#endGrace(entry.devices.get(device));
    entry.devices.set(device, { idle, grace: null });
    this.#publish(userId, entry);
  }

  /** A device is gone. With `grace` it may come back unnoticed. */
  disconnected(userId: UserId, device: InstanceId, { grace }: { grace: boolean }): void {
    const entry = this.#entry(userId);
    const known = entry.devices.get(device);
    if (!known) return;
    this.#endGrace(known);
    const leave = (): void => {
      entry.devices.delete(device);
      this.#publish(userId, entry);
    };
    if (grace) known.grace = this.#later(PRESENCE_TIMES.grace, leave);
    else leave();
  }

  /** Whether nobody uses a device. One that is not connected says nothing. */
  setIdle(userId: UserId, device: InstanceId, idle: boolean): void {
    const entry = this.#entry(userId);
    const known = entry.devices.get(device);
    if (!known) return;
    known.idle = idle;
    this.#publish(userId, entry);
  }

  /** Who no longer lets others know when they were here last is forgotten in this at once. */
  wish(userId: UserId, wish: Partial<Wish>): void {
    const entry = this.#entry(userId);
    Object.assign(entry, wish);
    if (!entry.lastSeenShown) entry.lastSeen = null;
    this.#publish(userId, entry);
  }

  setInCall(userId: UserId, inCall: boolean): void {
    const entry = this.#entry(userId);
    entry.inCall = inCall;
    this.#publish(userId, entry);
  }

  /** What others see of the person, as they have been told. */
  published(userId: UserId): Omit<PresenceChange, 'userId'> {
    const { seen, v } = this.#people.get(userId) ?? { seen: { status: 'offline' }, v: 0 };
    return { ...seen, v };
  }

  /** The same under a version that nobody was told yet: for telling one person other than the rest. */
  renew(userId: UserId): Omit<PresenceChange, 'userId'> {
    const entry = this.#entry(userId);
    entry.v = this.#nextVersion(entry);
    return this.published(userId);
  }

  /** What others would be told had the person just gone; `published`, when they are not there anyway. */
  gone(userId: UserId): Omit<PresenceChange, 'userId'> {
    const { status } = this.published(userId);
    if (status === 'offline') return this.published(userId);
    const { v } = this.renew(userId);
    const { lastSeenShown } = this.#entry(userId);
    const lastSeen = this.#deps.clock.now();
    return { status: 'offline', ...(lastSeenShown && { lastSeen }), v };
  }

  /** What the person chose. */
  chosen(userId: UserId): ChosenStatus {
    return this.#people.get(userId)?.chosen ?? 'available';
  }

  /** Who is seen right now and lets others know when they were here last. */
  seenNow(): UserId[] {
    return [...this.#people]
      .filter(([, entry]) => entry.lastSeenShown && entry.seen.status !== 'offline')
      .map(([userId]) => userId);
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
      text: null,
      lastSeenShown: false,
      devices: new Map(),
      inCall: false,
      lastSeen: null,
      seen: { status: 'offline' },
      v: 0,
      merging: false,
    };
    this.#people.set(userId, entry);
    return entry;
  }

  #publish(userId: UserId, entry: Entry): void {
    if (entry.merging) return;
    const now = this.#deps.clock.now();
    const facts = { ...entry, idle: [...entry.devices.values()].map(({ idle }) => idle) };
    const before = entry.seen;
    const { status } = deriveSeen(facts);
    if ((status === 'offline') !== (before.status === 'offline') && entry.lastSeenShown) {
      entry.lastSeen = now;
      this.#deps.onSeen?.(userId, now);
    }
    entry.seen = deriveSeen({ ...facts, lastSeen: entry.lastSeen });
    // Somebody who is not there changes nothing: telling it would tell that they are hidden.
    if (isSame(before, entry.seen) || (before.status === 'offline' && status === 'offline')) return;
    entry.v = this.#nextVersion(entry);
    entry.merging = true;
    this.#later(PRESENCE_TIMES.merge, () => {
      entry.merging = false;
      this.#publish(userId, entry);
    });
    this.#deps.publish({ userId, ...entry.seen, v: entry.v });
  }

  /** Never lower than before, also across a restart. */
  #nextVersion({ v }: Entry): number {
    return Math.max(v + 1, this.#deps.clock.now());
  }

  #endGrace(device: Device | undefined): void {
    if (!device?.grace) return;
    device.grace.cancel();
    this.#timers.delete(device.grace);
    device.grace = null;
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
