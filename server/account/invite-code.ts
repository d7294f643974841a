import { createHash, randomInt } from 'node:crypto';
import { codeLetters } from '../../protocol/find-invite.ts';

/** Crockford's Base32: no letter that looks like a digit, and none that spells a word by chance (U). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;
const GROUP = 4;

/** A new code, 80 random bits, in groups that can be read out: `K7QM-2XPD-9FHT-4WCB`. */
export const makeInviteCode = (): string => {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '').join('');
  return letters.replaceAll(new RegExp(`.{${String(GROUP)}}(?=.)`, 'g'), '$&-');
};

/** What is stored of a code, however it was typed. 80 random bits need no slow hash. */
export const hashInviteCode = (typed: string): string =>
  createHash('sha256').update(codeLetters(typed)).digest('base64url');
