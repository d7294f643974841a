import type { UserId } from '../../../protocol/ids.ts';
import { LIMITS } from '../../../protocol/limits.ts';
import { PICTURE_TYPES, type PictureHash } from '../../../protocol/people/picture.ts';
import type { AccountClient } from '../account/account-client.ts';
import { dataUrlOf } from '../account/data-url.ts';

/** In characters of data URLs: some hundreds of pictures as phones make them. */
const KEPT = 8 * 1024 * 1024;
const HASH_BYTES = 16;

const hashOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<PictureHash> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const base64 = btoa(String.fromCharCode(...digest.subarray(0, HASH_BYTES)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
};

/**
 * The pictures of people, for the pages: they have no token to ask the server with. Kept by content as long as there
 * is room, those that were not asked for longest go first.
 */
export class Portraits {
  readonly #client: () => Pick<AccountClient, 'picture'> | null;
  readonly #kept = new Map<PictureHash, string>();
  readonly #asked = new Map<PictureHash, Promise<string | null>>();
  readonly #room: number;
  #size = 0;

  /** `room`: characters to keep; less in tests only. */
  constructor(client: () => Pick<AccountClient, 'picture'> | null, room = KEPT) {
    this.#client = client;
    this.#room = room;
  }

  /** A data URL. Null: there is no such picture any more, or nobody to ask. */
  get(userId: UserId, hash: PictureHash): Promise<string | null> {
    const kept = this.#kept.get(hash);
    if (kept !== undefined) {
      this.#kept.delete(hash);
      this.#kept.set(hash, kept);
      return Promise.resolve(kept);
    }
    const asked = this.#asked.get(hash) ?? this.#fetch(userId, hash);
    this.#asked.set(hash, asked);
    return asked;
  }

  async #fetch(userId: UserId, hash: PictureHash): Promise<string | null> {
    try {
      const picture = await this.#client()?.picture(userId);
      if (!picture || picture.size > LIMITS.pictureBytes) return null;
      const type = PICTURE_TYPES.find((known) => known === picture.type);
      const bytes = new Uint8Array(await picture.arrayBuffer());
      // The picture has changed: the event with its new hash is on the way.
      if (!type || (await hashOf(bytes)) !== hash) return null;
      const url = dataUrlOf(type, bytes);
      this.#keep(hash, url);
      return url;
    } finally {
      this.#asked.delete(hash);
    }
  }

  #keep(hash: PictureHash, url: string): void {
    this.#kept.set(hash, url);
    this.#size += url.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#size <= this.#room || oldest === hash) return;
      this.#kept.delete(oldest);
      this.#size -= length;
    }
  }
}
