import { describe, expect, it } from 'vitest';
import { turnCredentials } from './turn-credentials.ts';

describe('turnCredentials', () => {
  it('are what a TURN server computes from the name and the secret', () => {
    // printf %s 1800043200:one | openssl dgst -sha1 -hmac north -binary | base64
    expect(turnCredentials('north', 1_800_000_000_000, 'one')).toEqual({
      username: '1800043200:one',
      credential: 'mh0G1e8w00mbmZEE8yV61QOjXoA=',
    });
  });

  it('are good for twelve hours', () => {
    const { username } = turnCredentials('north', 1_800_000_000_999);
    expect(Number(username.split(':')[0])).toBe(1_800_000_000 + 12 * 3600);
  });

  it('have a name of their own each time, which names nobody', () => {
    const names = Array.from({ length: 100 }, () => turnCredentials('north', 0).username);
    expect(new Set(names).size).toBe(100);
    for (const name of names) expect(name).toMatch(/^43200:[\w-]{16}$/);
  });
});
