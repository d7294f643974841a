import { expect, it } from 'vitest';
import { avatarHue } from './avatar-hue.ts';

const ids = Array.from(
  { length: 400 },
  (_, index) => `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
);

it('is stable', () => {
  expect(avatarHue('0b0e1d8e-6a5c-4d0e-9f3b-2f1f0a6c1d11')).toBe(
    avatarHue('0b0e1d8e-6a5c-4d0e-9f3b-2f1f0a6c1d11'),
  );
});

it('spreads people over all colours', () => {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(avatarHue(id), (counts.get(avatarHue(id)) ?? 0) + 1);
  expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(Math.min(...counts.values())).toBeGreaterThan(15);
});
