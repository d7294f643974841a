import type { SessionId, UserId } from '../../protocol/ids.ts';

/** One sign-in of one account: a device. Times are epoch milliseconds. */
export interface StoredSession {
  sessionId: SessionId;
  userId: UserId;
  /** SHA-256 of the token, base64url; the token itself is kept nowhere. */
  tokenHash: string;
  createdAt: number;
  seenAt: number;
  expiresAt: number;
}

/** Who is signed in where. */
export interface SessionStore {
  create(session: StoredSession): Promise<void>;
  byTokenHash(tokenHash: string): Promise<StoredSession | null>;
  byId(sessionId: SessionId): Promise<StoredSession | null>;
  /** Slides a session on. One that does not exist (any more) stays so. */
  touch(sessionId: SessionId, seenAt: number, expiresAt: number): Promise<void>;
  /** Whether there was one to remove. */
  remove(sessionId: SessionId): Promise<boolean>;
  /** Signs a person out everywhere, but for one session when it is named; returns which were removed. */
  removeOf(userId: UserId, except?: SessionId): Promise<SessionId[]>;
  /** Removes what expired at or before `now`; returns how many. */
  removeExpired(now: number): Promise<number>;
}
