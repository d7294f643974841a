import { createHash, randomInt } from 'node:crypto';
import { cleanLine } from '../../protocol/one-line.ts';

/** Crockford's Base32: no letter that looks like a digit, and none that spells a word by chance (U). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;
const GROUP = 4;

/** A new code, 80 random bits, in groups that can be read out: `K7QM-2XPD-9FHT-4WCB`. */
export const makeInviteCode = (): string => {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '').join('');
  return letters.replaceAll(new RegExp(`.{${String(GROUP)}}(?=.)`, 'g'), '$&-');
};

/** What people make of a code when they type it: other case, no groups, O for 0, I and L for 1. */
const plain = (typed: string): string =>
  cleanLine(typed).toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');

/** What is stored of a code, however it was typed. 80 random bits need no slow hash. */
export const hashInviteCode = (typed: string): string =>
  createHash('sha256').update(plain(typed)).digest('base64url');
