import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new personal invite code: 100 random bits in five groups of four. */
export const makeContactCode = (): string => {
  // The alphabet has 32 letters, so that the remainder is as random as the byte.
  const letters = Array.from(randomBytes(20), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
};
