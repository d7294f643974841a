import { createHmac, randomBytes } from 'node:crypto';

/** TURN servers, and the secret that they share with this server (coturn's `static-auth-secret`). */
export interface TurnSettings {
  urls: string[];
  secret: string;
}

/** How long credentials are good, in milliseconds: longer than any call. */
export const CREDENTIAL_LIFE = 12 * 3_600_000;

/** What a phone shows a TURN server. */
export interface TurnCredentials {
  username: string;
  credential: string;
}

/**
 * Credentials that a TURN server checks by itself, knowing only the secret (draft-uberti-behave-turn-rest-00):
 * the name says when they lapse and is otherwise random, so that it tells the relay nothing of the person.
 * @param now epoch milliseconds.
 */
export const turnCredentials = (
  secret: string,
  now: number,
  random: string = randomBytes(12).toString('base64url'),
): TurnCredentials => {
  const username = `${String(Math.floor((now + CREDENTIAL_LIFE) / 1000))}:${random}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
};
