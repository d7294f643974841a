import type { UserId } from '../../protocol/ids.ts';

/** A personal invite code as it is kept. Times are epoch milliseconds. */
export interface StoredContactCode {
  ownerId: UserId;
  /** SHA-256 of the code, base64url; the code itself is kept nowhere. */
  codeHash: string;
  expiresAt: number;
  /** How many more people it lets in. */
  uses: number;
}

/** Personal invite codes, one a person. Codes that are over count as none. */
export interface ContactCodeStore {
  /** Takes the place of the owner's earlier one. */
  put(code: StoredContactCode): Promise<void>;
  byOwner(ownerId: UserId, now: number): Promise<StoredContactCode | null>;
  byHash(codeHash: string, now: number): Promise<StoredContactCode | null>;
  /** Counts one use; false when there is none left. */
  use(codeHash: string, now: number): Promise<boolean>;
  /** May be repeated. */
  remove(ownerId: UserId): Promise<void>;
}
