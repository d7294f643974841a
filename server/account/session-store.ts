import type { SessionId, UserId } from '../../protocol/ids.ts';

/** One sign-in of one account: a device. Times are epoch milliseconds. */
export interface StoredSession {
  sessionId: SessionId;
  userId: UserId;
  /** SHA-256 of the token, base64url; the token itself is kept nowhere. */
  tokenHash: string;
  /** What the device calls itself; null: it did not say. */
  deviceName: string | null;
  /** It has been told of the account's devices that signed in until then. */
  toldUntil: number;
  createdAt: number;
  seenAt: number;
  expiresAt: number;
}

/** Who is signed in where. */
export interface SessionStore {
  /**
   * Signs a device in. Of the account's sessions the `LIMITS.devices` that were used last stay, this one among them;
   * returns which were removed.
   */
  create(session: StoredSession): Promise<SessionId[]>;
  byTokenHash(tokenHash: string): Promise<StoredSession | null>;
  byId(sessionId: SessionId): Promise<StoredSession | null>;
  /** Slides a session on. One that does not exist (any more) stays so. */
  touch(sessionId: SessionId, seenAt: number, expiresAt: number): Promise<void>;
  /** A person's sessions that are valid at `now`, the one used last first, at most `LIMITS.devices`. */
  ofUser(userId: UserId, now: number): Promise<StoredSession[]>;
  /** Notes that these have been told of every device that signed in until then; never takes it back. */
  told(sessionIds: readonly SessionId[], until: number): Promise<void>;
  /** Whether there was one to remove. */
  remove(sessionId: SessionId): Promise<boolean>;
  /** Signs a person out everywhere, but for one session when it is named; returns which were removed. */
  removeOf(userId: UserId, except?: SessionId): Promise<SessionId[]>;
  /** Removes what expired at or before `now`; returns how many. */
  removeExpired(now: number): Promise<number>;
}
