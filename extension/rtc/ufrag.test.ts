import { describe, expect, it } from 'vitest';
import { ufragOf } from './ufrag.ts';

describe('ufragOf', () => {
  it('reads the first username fragment, with either line end', () => {
    expect(ufragOf('v=0\r\na=ice-ufrag:Cc+8\r\na=ice-pwd:x\r\na=ice-ufrag:other\r\n')).toBe('Cc+8');
    expect(ufragOf('v=0\na=ice-ufrag:abcd\n')).toBe('abcd');
  });

  it('finds none where there is none', () => {
    expect(ufragOf('v=0\r\n')).toBeNull();
    expect(ufragOf('v=0\r\na=ice-ufrag:abc\r\n')).toBeNull();
    expect(ufragOf('v=0\r\ns=a=ice-ufrag:abcd\r\n')).toBeNull();
  });
});
