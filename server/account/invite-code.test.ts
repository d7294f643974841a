import { describe, expect, it } from 'vitest';
import { hashInviteCode, makeInviteCode } from './invite-code.ts';

describe('invite codes', () => {
  it('can be read out, and are never the same', () => {
    const codes = Array.from({ length: 200 }, makeInviteCode);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(new Set(codes).size).toBe(200);
  });

  it('are the same however they are typed', () => {
    const hash = hashInviteCode('K7QM-2XPD-01HT-4WCB');
    for (const typed of [
      'k7qm2xpd01ht4wcb',
      ' K7QM 2XPD OIHT 4WCB ',
      'K7QM-2XPD-oLHT-4WCB',
      '\u200eK7QM-\u200b2XPD\u00ad-01HT-4WCB',
    ]) {
      expect(hashInviteCode(typed)).toBe(hash);
    }
    expect(hashInviteCode('K7QM-2XPD-01HT-4WCC')).not.toBe(hash);
  });
});
