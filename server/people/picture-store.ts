import type { Account } from '../../protocol/account/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { PictureHash, PictureType } from '../../protocol/people/picture.ts';

/** A picture of a person, as it is served. */
export interface StoredPicture {
  type: PictureType;
  bytes: Uint8Array;
}

/**
 * The pictures of people. Which one somebody has is part of their account (`picture`), so that lists need no look in
 * here. Each change is one transaction. Others are shown a change after `ProfileStore.release`: until
 * then, what they see is kept.
 */
export interface PictureStore {
  /** In place of the one before. Null, and nothing is kept, when there is no such account. */
  put(userId: UserId, hash: PictureHash, picture: StoredPicture): Promise<Account | null>;
  /** The person's own. */
  of(userId: UserId): Promise<StoredPicture | null>;
  /** The one that goes with what the viewer is shown of the person. */
  shownTo(viewer: UserId, userId: UserId): Promise<StoredPicture | null>;
  /** Null when there is no such account. */
  remove(userId: UserId): Promise<Account | null>;
  /** All of a person's pictures, whoever is shown them. */
  forget(userId: UserId): Promise<void>;
}
