import { describe, expect, it } from 'vitest';
import type { Problem } from '../../ui/i18n/problem-text.ts';
import { Attempt } from './attempt.svelte.ts';

describe('Attempt', () => {
  it('is under way, then done, until something else is typed', async () => {
    const attempt = new Attempt();
    const work = Promise.withResolvers<Problem | null>();
    const result = attempt.run(() => work.promise);
    expect([attempt.busy, attempt.done]).toEqual([true, false]);
    expect(await attempt.run(() => Promise.reject(new Error('not twice')))).toBe(false);
    work.resolve(null);
    expect(await result).toBe(true);
    expect([attempt.busy, attempt.done]).toEqual([false, true]);
    attempt.forget();
    expect(attempt.done).toBe(false);
  });

  it('says what went wrong, until the next attempt', async () => {
    const attempt = new Attempt();
    expect(await attempt.run(() => Promise.resolve('wrong-password'))).toBe(false);
    expect([attempt.problem, attempt.done, attempt.busy]).toEqual(['wrong-password', false, false]);
    await attempt.run(() => Promise.resolve(null));
    expect(attempt.problem).toBeNull();
  });
});
