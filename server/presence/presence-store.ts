import type { UserId } from '../../protocol/ids.ts';
import type { ChosenStatus } from '../../protocol/presence/presence.ts';

/** A chosen status, and what follows when it ends by itself. */
export interface StoredStatus {
  status: ChosenStatus;
  /** Epoch milliseconds; null: it does not end by itself. */
  until: number | null;
  after: ChosenStatus;
}

/** What a person says beside their status. */
export interface StoredText {
  text: string | null;
  /** Epoch milliseconds; null: it stays. */
  textUntil: number | null;
}

/** All that is kept of a person's presence. */
export interface StoredPresence extends StoredStatus, StoredText {
  lastSeenShown: boolean;
  /** Epoch milliseconds; null unless others may know. */
  lastSeenAt: number | null;
}

/** What people have decided about their presence: it outlives connections and restarts. */
export interface PresenceStore {
  /** Null: the person has decided nothing, or there is no such account. */
  of(userId: UserId): Promise<StoredPresence | null>;
  /** The presence of everybody with an account who has decided something, or of whom a last time is kept. */
  all(): Promise<(StoredPresence & { userId: UserId })[]>;
  choose(userId: UserId, status: StoredStatus): Promise<void>;
  say(userId: UserId, text: StoredText): Promise<void>;
  showLastSeen(userId: UserId, shown: boolean): Promise<void>;
  /** Notes when people were here last, of those who let others know. */
  seen(userIds: readonly UserId[], at: number): Promise<void>;
  /** Forgets when a person was here last. */
  forgetSeen(userId: UserId): Promise<void>;
  /** Forgets everything but the chosen status, which belongs to the account. */
  forget(userId: UserId): Promise<void>;
}
