import type { InstanceId, UserId } from '../../protocol/ids.ts';
import type { ChosenStatus, PresenceChange } from '../../protocol/presence/presence.ts';
import type { Clock } from '../clock.ts';
import { Deadlines } from '../deadlines.ts';
import type { LivePresence } from './live-presence.ts';
import { whileAway } from '../while-away.ts';
import { deriveSeen } from './derive-seen.ts';
import { FRESH_ENTRY, nextVersion, settle, wakeAt, type PresenceEntry, type Wish } from './presence-entry.ts';

/** How long a phone that vanished still counts, in milliseconds: most come straight back. */
const GRACE = 10_000;

/** What others see of a person, with its version. */
export type Shown = Omit<PresenceChange, 'userId'>;

interface PresenceDeps {
  live: LivePresence;
  clock: Clock;
  /** Tells those who may see the person. */
  publish: (change: PresenceChange) => void;
  /** A person who shows when they were here last came or left, as others see it. `at` is epoch milliseconds. */
  onSeen?: (userId: UserId, at: number) => void;
  /** The time when the person was here last must be deleted. */
  onForgotten?: (userId: UserId) => void;
  /** Others saw the person as offline, and now see them again; `publish` comes first. */
  onAppeared?: (userId: UserId) => void;
  /** A change that falls due by time failed. */
  onError: (error: unknown) => void;
}

/**
 * Two views of one person with the same version: a new one that nobody has been told, or the published one if the
 * person is offline.
 */
export interface Views {
  /** As others see them. */
  readonly there: Shown;
  /** As others would see them if they had just gone. */
  readonly gone: Shown;
}

/** A person who was never there, or of whom nothing is known. */
export const NOT_THERE: Shown = { status: 'offline', v: 0 };

const shownOf = (entry: PresenceEntry | undefined): Shown => {
  const { seen, v } = entry ?? FRESH_ENTRY;
  return { ...seen, v };
};

/** Everybody's presence: facts come in by methods, published changes go out by `publish`; see {@link settle}. */
export class Presence {
  readonly #deps: PresenceDeps;
  readonly #deadlines: Deadlines<UserId>;

  constructor(deps: PresenceDeps) {
    this.#deps = deps;
    this.#deadlines = new Deadlines(deps.clock, (userId) => {
      whileAway(this.due(userId), undefined).catch(deps.onError);
    });
  }

  /** What the store remembers of a person, before anybody connects. */
  restore(userId: UserId, wish: Wish, lastSeen: number | null): Promise<void> {
    return this.#deps.live.change(userId, (known = FRESH_ENTRY) => {
      const entry = { ...known, ...wish, lastSeen };
      return { entry: { ...entry, seen: deriveSeen({ ...entry, idle: [] }) }, result: undefined };
    });
  }

  /** A device of the person is connected. */
  connected(userId: UserId, device: InstanceId, { idle }: { idle: boolean }): Promise<void> {
    return this.#change(userId, (entry) => ({
      ...entry,
      devices: { ...entry.devices, [device]: { idle, until: null } },
    }));
  }

  /** A device is gone. With `grace` it may come back unnoticed. */
  disconnected(userId: UserId, device: InstanceId, { grace }: { grace: boolean }): Promise<void> {
    return this.#change(userId, (entry, now) => {
      const known = entry.devices[device];
      if (!known) return entry;
      const gone = { ...known, until: grace ? now + GRACE : now };
      return { ...entry, devices: { ...entry.devices, [device]: gone } };
    });
  }

  /** A phone that counted as gone is there after all, by a newer connection. */
  back(userId: UserId, device: InstanceId): Promise<void> {
    return this.#change(userId, (entry) => {
      const known = entry.devices[device];
      return known ? { ...entry, devices: { ...entry.devices, [device]: { ...known, until: null } } } : entry;
    });
  }

  /** Notes whether nobody uses a phone; ignored for a phone that does not count. */
  setIdle(userId: UserId, device: InstanceId, idle: boolean): Promise<void> {
    return this.#change(userId, (entry) => {
      const known = entry.devices[device];
      return known ? { ...entry, devices: { ...entry.devices, [device]: { ...known, idle } } } : entry;
    });
  }

  /** Turning "last seen" off deletes the time at once, except while others see the person as offline. */
  wish(userId: UserId, wish: Partial<Wish>): Promise<void> {
    return this.#change(userId, (known) => {
      const entry = { ...known, ...wish };
      const stays = entry.lastSeenShown || entry.seen.status === 'offline';
      return stays ? entry : { ...entry, lastSeen: null };
    });
  }

  setInCall(userId: UserId, inCall: boolean): Promise<void> {
    return this.#change(userId, (entry) => ({ ...entry, inCall }));
  }

  /** Applies what has fallen due. Safe to call early or twice. */
  due(userId: UserId): Promise<void> {
    return this.#change(userId, (entry) => entry);
  }

  /** What others have been told of the people. */
  async published(userIds: readonly UserId[]): Promise<Map<UserId, Shown>> {
    const entries = await this.#deps.live.read(userIds);
    return new Map(userIds.map((userId, i) => [userId, shownOf(entries[i])]));
  }

  /** What others see of one person. */
  async publishedOf(userId: UserId): Promise<Shown> {
    const [entry] = await this.#deps.live.read([userId]);
    return shownOf(entry);
  }

  /** For telling one person something else than the others. */
  views(userId: UserId): Promise<Views> {
    return this.#deps.live.change(userId, (known = FRESH_ENTRY) => {
      const there = shownOf(known);
      if (there.status === 'offline') return { entry: known, result: { there, gone: there } };
      const lastSeen = this.#deps.clock.now();
      const v = nextVersion(known, lastSeen);
      const gone: Shown = { status: 'offline', ...(known.lastSeenShown && { lastSeen }), v };
      return { entry: { ...known, v }, result: { there: { ...there, v }, gone } };
    });
  }

  /** What the person chose. */
  async chosen(userId: UserId): Promise<ChosenStatus> {
    const [entry] = await this.#deps.live.read([userId]);
    return entry?.chosen ?? 'available';
  }

  /** Stops timers; publishes nothing more. */
  close(): void {
    this.#deadlines.clear();
  }

  async #change(userId: UserId, change: (entry: PresenceEntry, now: number) => PresenceEntry): Promise<void> {
    const { live, clock, publish, onSeen, onForgotten, onAppeared } = this.#deps;
    const settled = await live.change(userId, (known = FRESH_ENTRY) => {
      const now = clock.now();
      const result = { ...settle(userId, change(known, now), now), now };
      return { entry: result.entry, result: { ...result, knew: known.lastSeen !== null } };
    });
    this.#deadlines.set(userId, wakeAt(settled.entry));
    if (settled.publish) publish(settled.publish);
    if (settled.wasSeen) onSeen?.(userId, settled.now);
    if (settled.knew && settled.entry.lastSeen === null) onForgotten?.(userId);
    if (settled.appeared) onAppeared?.(userId);
  }
}
