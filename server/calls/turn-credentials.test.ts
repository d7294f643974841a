import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { turnCredentials } from './turn-credentials.ts';

const DAY = 86_400_000;
const nameOf = (userId: string, now: number, secret = 'north'): string | undefined =>
  turnCredentials(secret, userId, now).username.split(':')[1];

describe('turnCredentials', () => {
  it('are what a TURN server computes from the name and the secret', () => {
    const { username, credential } = turnCredentials('north', 'ada', 1_800_000_000_000);
    expect(username).toMatch(/^1800043200:[\w-]{16}$/);
    expect(credential).toBe(createHmac('sha1', 'north').update(username).digest('base64'));
  });

  it('are good for twelve hours', () => {
    const { username } = turnCredentials('north', 'ada', 1_800_000_000_999);
    expect(Number(username.split(':')[0])).toBe(1_800_000_000 + 12 * 3600);
  });

  it('name a person alike for a day, so that a quota counts by person, and do not reveal who it is', () => {
    const noon = 20_000 * DAY + DAY / 2;
    expect(nameOf('ada', noon + 1000)).toBe(nameOf('ada', noon));
    const others = [nameOf('bob', noon), nameOf('ada', noon + DAY), nameOf('ada', noon, 'south')];
    expect(others).not.toContain(nameOf('ada', noon));
    expect(nameOf('ada', noon)).not.toContain('ada');
  });
});
