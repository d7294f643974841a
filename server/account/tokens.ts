import { createHash, randomBytes } from 'node:crypto';

/** A new opaque session token: 256 random bits, base64url. */
export const makeToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token. It needs no salt and no slow hash: 256 random bits cannot be guessed. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');
