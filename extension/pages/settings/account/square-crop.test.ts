import { describe, expect, it } from 'vitest';
import { squareCrop } from './square-crop.ts';

describe('squareCrop', () => {
  it.each([
    [
      { width: 800, height: 600 },
      { left: 100, top: 0, side: 600 },
    ],
    [
      { width: 600, height: 801 },
      { left: 0, top: 100, side: 600 },
    ],
    [
      { width: 256, height: 256 },
      { left: 0, top: 0, side: 256 },
    ],
    [
      { width: 1, height: 9 },
      { left: 0, top: 4, side: 1 },
    ],
  ])('takes the middle of %j', (picture, crop) => {
    expect(squareCrop(picture)).toEqual(crop);
  });
});
