import type { SessionId, UserId } from '../../protocol/ids.ts';

/** An account as its operator sees it. Times are epoch milliseconds. */
export interface AccountLine {
  userId: UserId;
  username: string;
  displayName: string;
  createdAt: number;
  /** When a device of theirs was seen last; null: none is signed in. */
  seenAt: number | null;
  sessions: number;
  disabled: boolean;
}

/** A device as its operator sees it. Times are epoch milliseconds. */
export interface SessionLine {
  sessionId: SessionId;
  userId: UserId;
  username: string;
  /** What the device calls itself; null: it did not say. */
  deviceName: string | null;
  createdAt: number;
  seenAt: number;
  expiresAt: number;
}

/** What the operator's command has done, for a server that runs meanwhile. */
export type OperatorChange =
  | { kind: 'account-created' | 'account-deleted'; userId: UserId }
  | {
      kind: 'session-revoked';
      userId: UserId;
      sessionId: SessionId;
    };

/** What only an operator may see and do. */
export interface OperatorStore {
  /** By username. */
  accounts(): Promise<AccountLine[]>;
  /** The last used first; of one person only when one is named. */
  sessions(userId?: UserId): Promise<SessionLine[]>;
  isDisabled(userId: UserId): Promise<boolean>;
  /** Whether it made a difference. */
  setDisabled(userId: UserId, disabled: boolean): Promise<boolean>;
  setPassword(userId: UserId, passwordHash: string): Promise<void>;
  /** Keeps a change for running servers to follow; those older than a day are removed. @param now epoch milliseconds. */
  recordChange(change: OperatorChange, now: number): Promise<void>;
  /** The number of the last change; 0: none. */
  lastChange(): Promise<number>;
  /** In the order in which they were recorded. */
  changesAfter(number: number): Promise<{ number: number; change: OperatorChange }[]>;
}
