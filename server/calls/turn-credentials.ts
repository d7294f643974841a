import { createHmac } from 'node:crypto';
import type { UserId } from '../../protocol/ids.ts';

/** TURN servers, and the secret that they share with this server (coturn's `static-auth-secret`). */
export interface TurnSettings {
  urls: string[];
  secret: string;
}

/** How long credentials are valid, in milliseconds; a longer call gets new ones before it restarts ICE. */
export const CREDENTIAL_LIFE = 12 * 3_600_000;

const DAY = 86_400_000;
/** 96 bits of a name, in base64url. */
const NAME_LENGTH = 16;

/** What a phone shows a TURN server. */
export interface TurnCredentials {
  username: string;
  credential: string;
}

/**
 * A person's name at the relay. It stays the same for one day (UTC), so that the relay's quota (coturn's
 * `user-quota`) counts all phones and credentials of a person together.
 */
const nameFor = (secret: string, userId: UserId, now: number): string =>
  createHmac('sha256', secret)
    .update(`${String(Math.floor(now / DAY))} ${userId}`)
    .digest('base64url')
    .slice(0, NAME_LENGTH);

/**
 * Credentials that a TURN server checks by itself, knowing only the secret (draft-uberti-behave-turn-rest-00): the
 * username says when they expire, and identifies a person without naming them.
 * @param now epoch milliseconds.
 */
export const turnCredentials = (secret: string, userId: UserId, now: number): TurnCredentials => {
  const lapses = String(Math.floor((now + CREDENTIAL_LIFE) / 1000));
  const username = `${lapses}:${nameFor(secret, userId, now)}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
};
