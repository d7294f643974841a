import { describe, expect, it } from 'vitest';
import { clampBounds } from './window-bounds.ts';

const screen = { left: 0, top: 24, width: 1280, height: 776 };

describe('clampBounds', () => {
  it('keeps what is on the screen', () => {
    const window = { left: 100, top: 100, width: 900, height: 600 };
    expect(clampBounds({ window, screen })).toEqual(window);
  });

  it.each([
    ['left and above', { left: -2000, top: -500, width: 900, height: 600 }, { left: 0, top: 24 }],
    ['right and below', { left: 1200, top: 700, width: 900, height: 600 }, { left: 380, top: 200 }],
  ])('brings back what is %s', (_where, window, expected) => {
    expect(clampBounds({ window, screen })).toEqual({ ...window, ...expected });
  });

  it('fits to the screen, but stays usable', () => {
    expect(clampBounds({ window: { left: 0, top: 0, width: 4000, height: 10 }, screen })).toEqual({
      left: 0,
      top: 24,
      width: 1280,
      height: 240,
    });
  });

  it('stays on the second screen', () => {
    const second = { left: -1920, top: 0, width: 1920, height: 1080 };
    const window = { left: -1000, top: 10, width: 900, height: 600 };
    expect(clampBounds({ window, screen: second })).toEqual(window);
  });
});
