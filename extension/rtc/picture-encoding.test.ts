import { expect, it } from 'vitest';
import { pictureEncoding, soundEncoding } from './picture-encoding.ts';

it('makes a picture smaller down to what a step sends, and never larger', () => {
  expect(pictureEncoding('full', 720)).toMatchObject({ active: true, scaleResolutionDownBy: 1 });
  expect(pictureEncoding('full', 1080).scaleResolutionDownBy).toBe(1.5);
  expect(pictureEncoding('medium', 720).scaleResolutionDownBy).toBe(2);
  expect(pictureEncoding('medium', 240).scaleResolutionDownBy).toBe(1);
  expect(pictureEncoding('low', 360).scaleResolutionDownBy).toBe(2);
});

it('sends less at each step, and nothing at rest', () => {
  const [full, medium, low, rest] = (['full', 'medium', 'low', 'rest'] as const).map((step) =>
    pictureEncoding(step, 720),
  );
  expect(full?.maxBitrate).toBeGreaterThan(medium?.maxBitrate ?? 0);
  expect(medium?.maxBitrate).toBeGreaterThan(low?.maxBitrate ?? 0);
  expect([full, medium, low, rest].map((each) => each?.active)).toEqual([true, true, true, false]);
});

it('puts the sound before all pictures, and makes it smaller where no picture fits', () => {
  expect(soundEncoding('full')).toEqual({ maxBitrate: 32_000, priority: 'high', networkPriority: 'high' });
  expect(soundEncoding('rest').maxBitrate).toBe(20_000);
});
