import { describe, expect, it } from 'vitest';
import { Portraits } from './portraits.ts';

const setUp = (answer: () => Promise<unknown>) => {
  const asked: unknown[] = [];
  const ask = (name: string, payload: unknown) => {
    asked.push([name, payload]);
    return answer();
  };
  // Replaces the phone: it records the requests and gives prepared answers.
  return { asked, portraits: new Portraits(ask as never) };
};
const ann = { userId: 'ann', picture: 'a' };

describe('Portraits', () => {
  it('asks the phone once, and returns the same promise so that nothing flickers', async () => {
    const { portraits, asked } = setUp(() => Promise.resolve({ ok: true, url: 'data:' }));
    const first = portraits.of(ann);
    expect(portraits.of({ ...ann })).toBe(first);
    expect(await first).toBe('data:');
    expect(portraits.of(ann)).toBe(first);
    expect(asked).toEqual([['portrait', ann]]);
  });

  it('does not ask for a person without a picture', () => {
    const { portraits, asked } = setUp(() => Promise.reject(new Error('asked')));
    expect(portraits.of({ userId: 'ann' })).toBeNull();
    expect(asked).toEqual([]);
  });

  it.each([
    ['a refusal', () => Promise.resolve({ ok: false, code: 'not-found' })],
    ['silence', () => Promise.reject(new Error('gone'))],
  ])('shows no picture after %s, and tries again the next time', async (_what, answer) => {
    const { portraits, asked } = setUp(answer);
    expect(await portraits.of(ann)).toBeNull();
    expect(await portraits.of(ann)).toBeNull();
    expect(asked).toHaveLength(2);
  });

  it('forgets the oldest', async () => {
    const { portraits, asked } = setUp(() => Promise.resolve({ ok: true, url: 'data:' }));
    for (let n = 0; n <= 300; n += 1) await portraits.of({ userId: 'ann', picture: String(n) });
    await portraits.of({ userId: 'ann', picture: '300' });
    expect(asked).toHaveLength(301);
    await portraits.of({ userId: 'ann', picture: '0' });
    expect(asked).toHaveLength(302);
  });
});
