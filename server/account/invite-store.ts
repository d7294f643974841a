/** An invite as it is kept. Times are epoch milliseconds. */
export interface StoredInvite {
  inviteId: string;
  /** SHA-256 of the code; the code itself is kept nowhere. */
  codeHash: string;
  /** How many accounts it was made for, and how many of them are left. */
  uses: number;
  left: number;
  createdAt: number;
  expiresAt: number;
}

/** Invites to create an account. One that is unknown, used up or expired is the same: none. */
export interface InviteStore {
  create(invite: StoredInvite): Promise<void>;
  /** All, the newest first. */
  all(): Promise<StoredInvite[]>;
  isValid(codeHash: string, now: number): Promise<boolean>;
  /** Uses it once; false when there was none left. Two who ask at once for the last one do not both get it. */
  take(codeHash: string, now: number): Promise<boolean>;
  /** Whether there was one to remove. */
  remove(inviteId: string): Promise<boolean>;
}
