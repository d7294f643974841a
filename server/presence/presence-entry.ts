import type { InstanceId, UserId } from '../../protocol/ids.ts';
import type { ChosenStatus, PresenceChange } from '../../protocol/presence/presence.ts';
import { deriveSeen, type Seen } from './derive-seen.ts';

/** Changes of one person this soon after a published one are merged; milliseconds. */
const MERGE = 250;

/** What a person has decided about their presence. */
export interface Wish {
  readonly chosen: ChosenStatus;
  readonly text: string | null;
  /** Others may see when the person was here last. */
  readonly lastSeenShown: boolean;
}

interface Device {
  readonly idle: boolean;
  /** When a device that is gone counts no more, in epoch milliseconds; null: it is connected. */
  readonly until: number | null;
}

/** All that is known of one person's presence. Times are epoch milliseconds. */
export interface PresenceEntry extends Wish {
  readonly devices: Readonly<Record<InstanceId, Device>>;
  readonly inCall: boolean;
  readonly lastSeen: number | null;
  /** What others see, and its version. */
  readonly seen: Seen;
  readonly v: number;
  /** Nothing is published before; null: it may be at once. */
  readonly quietUntil: number | null;
}

/** Somebody of whom nothing is known. */
export const FRESH_ENTRY: PresenceEntry = {
  chosen: 'available',
  text: null,
  lastSeenShown: false,
  devices: {},
  inCall: false,
  lastSeen: null,
  seen: { status: 'offline' },
  v: 0,
  quietUntil: null,
};

/** What follows from a change. */
export interface Settled {
  readonly entry: PresenceEntry;
  /** To be told to those who may see the person. */
  readonly publish: PresenceChange | null;
  /** Somebody who lets others know came or left, as others see it. */
  readonly wasSeen: boolean;
  /** Somebody who was offline for others is there again. */
  readonly appeared: boolean;
}

/** Never lower than before, also across a restart. */
export const nextVersion = ({ v }: PresenceEntry, now: number): number => Math.max(v + 1, now);

/** When time alone changes something, in epoch milliseconds; null: never. */
export const wakeAt = ({ devices, quietUntil }: PresenceEntry): number | null => {
  const due = Object.values(devices).flatMap(({ until }) => until ?? []);
  if (quietUntil !== null) due.push(quietUntil);
  return due.length === 0 ? null : Math.min(...due);
};

const isSame = (a: Seen, b: Seen): boolean =>
  a.status === b.status && a.text === b.text && a.lastSeen === b.lastSeen;

/**
 * Draws the conclusions from what is known at `now`. A first change is published at once, those within 250 ms
 * after it are merged into one, and a change that was taken back is not published at all. Of people who are
 * offline, or appear so, nothing is published until they are back: what others see of them stays as it is.
 */
export const settle = (userId: UserId, known: PresenceEntry, now: number): Settled => {
  const devices = Object.fromEntries(
    Object.entries(known.devices).filter(([, { until }]) => until === null || until > now),
  );
  const entry = { ...known, devices };
  const nothing = { publish: null, wasSeen: false, appeared: false };
  if (entry.quietUntil !== null && entry.quietUntil > now) return { entry, ...nothing };
  const facts = { ...entry, idle: Object.values(devices).map(({ idle }) => idle) };
  const before = entry.seen;
  const { status } = deriveSeen(facts);
  // A change of somebody who seems offline is not published: it would reveal that they hide.
  if (before.status === 'offline' && status === 'offline') {
    return { entry: { ...entry, quietUntil: null }, ...nothing };
  }
  const appeared = before.status === 'offline';
  const wasSeen = (appeared || status === 'offline') && entry.lastSeenShown;
  // Somebody who has turned this off has no last time when they are back.
  const lastSeen = wasSeen ? now : appeared ? null : entry.lastSeen;
  const seen = deriveSeen({ ...facts, lastSeen });
  const next = { ...entry, lastSeen, seen, quietUntil: null };
  if (isSame(before, seen)) return { entry: next, publish: null, wasSeen, appeared };
  const v = nextVersion(entry, now);
  return {
    entry: { ...next, v, quietUntil: now + MERGE },
    publish: { userId, ...seen, v },
    wasSeen,
    appeared,
  };
};
