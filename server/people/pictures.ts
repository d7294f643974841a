import { createHash } from 'node:crypto';
import type { Account } from '../../protocol/account/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { PictureHash } from '../../protocol/people/picture.ts';
import type { Directory } from './directory.ts';
import { admit } from '../limits/admit.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import { Refused } from '../refused.ts';
import type { StoredPicture } from './picture-store.ts';
import type { Store } from '../store.ts';
import type { Identity } from '../account/accounts.ts';
import { checkPicture } from './check-picture.ts';

interface PicturesDeps {
  store: Pick<Store, 'pictures'>;
  directory: Pick<Directory, 'between'>;
  createLimiter: CreateLimiter;
  /** The person's devices, and those who see them, are to know. */
  onChanged: (account: Account) => Promise<void>;
}

/** The pictures of people. Refusals are thrown as `Refused`. */
export interface Pictures {
  /** @throws Refused `not-a-picture` */
  set(bytes: Uint8Array, identity: Identity): Promise<void>;
  remove(identity: Identity): Promise<void>;
  /** @throws Refused `not-found`, alike for somebody without a picture and somebody who may not see it. */
  of(userId: UserId, asker: Identity): Promise<StoredPicture>;
}

const HASH_BYTES = 16;

const hashOf = (bytes: Uint8Array): PictureHash =>
  createHash('sha256').update(bytes).digest().subarray(0, HASH_BYTES).toString('base64url');

const found = (picture: StoredPicture | null): StoredPicture => {
  if (!picture) throw new Refused('not-found');
  return picture;
};

export const createPictures = ({ store, createLimiter, directory, onChanged }: PicturesDeps): Pictures => {
  const changes = createLimiter('profile:account');
  const tell = async (account: Account | null): Promise<void> => {
    if (!account) throw new Refused('unauthorized');
    await onChanged(account);
  };
  return {
    async set(bytes, { userId }) {
      await admit(changes, userId);
      const picture = { type: checkPicture(bytes), bytes };
      await tell(await store.pictures.put(userId, hashOf(bytes), picture));
    },
    async remove({ userId }) {
      await admit(changes, userId);
      await tell(await store.pictures.remove(userId));
    },
    async of(userId, asker) {
      if (userId === asker.userId) return found(await store.pictures.of(userId));
      // Always both, so that every answer takes equally long.
      const [{ mine }, picture] = await Promise.all([
        directory.between(asker.userId, userId),
        store.pictures.shownTo(asker.userId, userId),
      ]);
      return found(mine === 'none' ? null : picture);
    },
  };
};
