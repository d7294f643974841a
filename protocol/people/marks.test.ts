import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { contactMarkSchema } from './marks.ts';

const userId = randomUUID();

it.each([
  [false, false, true],
  [true, false, true],
  [true, true, true],
  [false, true, false],
])('favourite %s with ringing through %s is accepted: %s', (favourite, ringsThrough, allowed) => {
  expect(contactMarkSchema.safeParse({ userId, favourite, ringsThrough }).success).toBe(allowed);
});

it('accepts nothing else', () => {
  const mark = { userId, favourite: true, ringsThrough: false };
  expect(contactMarkSchema.safeParse({ ...mark, note: 'x' }).success).toBe(false);
  expect(contactMarkSchema.safeParse({ ...mark, userId: 'me' }).success).toBe(false);
});
