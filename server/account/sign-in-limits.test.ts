import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMemoryLimiters } from '../live/memory/memory-limiters.ts';
import { createSignInLimits, type Attempt } from './sign-in-limits.ts';

const stranger = (username: string, address: string): Attempt => ({ username, address, known: null });

/** How many of these attempts are let through in a row, at most a hundred. */
const through = async (limits: ReturnType<typeof createSignInLimits>, attempt: (i: number) => Attempt) => {
  for (let i = 0; i < 100; i += 1) {
    try {
      await limits.admit(attempt(i));
    } catch (error) {
      expect(error).toMatchObject({ code: 'rate-limited', retryAfter: 60 });
      return i;
    }
  }
  return 100;
};

describe('attempts to sign in', () => {
  it('are ten a minute for one account, from wherever they come', async () => {
    const limits = createSignInLimits(createMemoryLimiters(1));
    expect(await through(limits, (i) => stranger('ada', `198.51.100.${String(i)}`))).toBe(10);
    await expect(limits.admit(stranger('bob', '203.0.113.9'))).resolves.toBeTypeOf('function');
  });

  it('are thirty a minute from one address, whomever they are for', async () => {
    const limits = createSignInLimits(createMemoryLimiters(1));
    expect(await through(limits, (i) => stranger(`person${String(i)}`, '198.51.100.7'))).toBe(30);
    await expect(limits.admit(stranger('person0', '203.0.113.9'))).resolves.toBeTypeOf('function');
  });

  it('do not use up an account when their address is refused', async () => {
    const limits = createSignInLimits(createMemoryLimiters(1));
    await through(limits, (i) => stranger(`person${String(i)}`, '198.51.100.7'));
    for (let i = 0; i < 50; i += 1) {
      await expect(limits.admit(stranger('ada', '198.51.100.7'))).rejects.toThrow('rate-limited');
    }
    expect(await through(limits, (i) => stranger('ada', `203.0.113.${String(i)}`))).toBe(10);
  });

  it('of a device that the account knows are let through while strangers are not, ten a minute', async () => {
    const limits = createSignInLimits(createMemoryLimiters(1));
    await through(limits, () => stranger('ada', '198.51.100.7'));
    await through(limits, (i) => stranger(`person${String(i)}`, '198.51.100.7'));
    const known = { userId: randomUUID(), deviceHash: 'x' };
    const own: Attempt = { username: 'ada', address: '198.51.100.7', known };
    expect(await through(limits, () => own)).toBe(10);
    const other: Attempt = { ...own, known: { ...known, deviceHash: 'y' } };
    expect(await through(limits, () => other)).toBe(10);
  });

  it('that were right do not count', async () => {
    const limits = createSignInLimits(createMemoryLimiters(1));
    for (let i = 0; i < 100; i += 1) await (await limits.admit(stranger('ada', '198.51.100.7')))();
    expect(await through(limits, () => stranger('ada', '198.51.100.7'))).toBe(10);
  });
});
