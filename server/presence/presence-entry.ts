import type { InstanceId, UserId } from '../../protocol/ids.ts';
import type { ChosenStatus, PresenceChange } from '../../protocol/presence/presence.ts';
import { deriveSeen, type Seen } from './derive-seen.ts';

/** For how long after a published change further changes of the same person are merged, in milliseconds. */
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
  /** When a phone that is gone stops counting, in epoch milliseconds; null: it is connected. */
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
  /** Until then nothing is published; null: a change may be published at once. */
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
  /** The change to send to those who may see the person. */
  readonly publish: PresenceChange | null;
  /** The person came or left, as others see it, and shows when they were here last. */
  readonly wasSeen: boolean;
  /** Others saw the person as offline, and now see them again. */
  readonly appeared: boolean;
}

/** Higher than before, also after a restart that lost `v`: by then the clock has moved on. */
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
 * Derives what to publish from what is known at `now`. A first change is published at once, those within 250 ms
 * after it are merged into one, and a change that was taken back is not published at all. While a person is
 * offline, or appears so, nothing is published: what others see of them stays as it is until they are back.
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
  // A change of a person who seems offline is not published, because it would reveal that they hide.
  if (before.status === 'offline' && status === 'offline') {
    return { entry: { ...entry, quietUntil: null }, ...nothing };
  }
  const appeared = before.status === 'offline';
  const wasSeen = (appeared || status === 'offline') && entry.lastSeenShown;
  // A person who has turned "last seen" off loses the time once they are back.
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
