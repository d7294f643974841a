import type { Account } from '../../protocol/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { PictureHash, PictureType } from '../../protocol/picture.ts';

/** A picture of a person, as it is served. */
export interface StoredPicture {
  type: PictureType;
  bytes: Uint8Array;
}

/**
 * The pictures of people. Which one somebody has is part of their account (`picture`), so that lists need no look in
 * here. What changes both belongs into `Store.atomically`.
 */
export interface PictureStore {
  /** In place of the one before. Null, and nothing is kept, when there is no such account. */
  put(userId: UserId, hash: PictureHash, picture: StoredPicture): Promise<Account | null>;
  of(userId: UserId): Promise<StoredPicture | null>;
  /** Null when there is no such account. */
  remove(userId: UserId): Promise<Account | null>;
}
