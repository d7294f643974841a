import { KeyValueStore } from './key-value-store.ts';

const SIDES = ['left', 'top', 'width', 'height'] as const;

/** A place on the desktop, in CSS pixels. */
export type Rectangle = Record<(typeof SIDES)[number], number>;

/** Where the call window was, and the usable part of the screen that it was on. */
export interface RememberedBounds {
  window: Rectangle;
  screen: Rectangle;
}

// By hand, because the schema library would make the worker's every start slower.
const isRectangle = (value: unknown): value is Rectangle =>
  typeof value === 'object' &&
  value !== null &&
  SIDES.every((side) => Number.isInteger(Object.entries(value).find(([key]) => key === side)?.[1]));

const isRemembered = (value: unknown): value is RememberedBounds =>
  typeof value === 'object' &&
  value !== null &&
  'window' in value &&
  isRectangle(value.window) &&
  'screen' in value &&
  isRectangle(value.screen);

const SMALLEST = { width: 320, height: 240 } as const;
const KEY = 'call-window';

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high));

/** Moves and shrinks a window so that all of it is on its screen: the browser refuses one that is mostly off it. */
export const clampBounds = ({ window, screen }: RememberedBounds): Rectangle => {
  const width = clamp(window.width, SMALLEST.width, Math.max(SMALLEST.width, screen.width));
  const height = clamp(window.height, SMALLEST.height, Math.max(SMALLEST.height, screen.height));
  return {
    left: clamp(window.left, screen.left, Math.max(screen.left, screen.left + screen.width - width)),
    top: clamp(window.top, screen.top, Math.max(screen.top, screen.top + screen.height - height)),
    width,
    height,
  };
};

const store = (): KeyValueStore => new KeyValueStore('windows');

/** Where to open the call window; null: wherever the browser likes. Never rejects: a position is not worth a call. */
export const rememberedBounds = async (): Promise<Rectangle | null> => {
  const found = await store()
    .get(KEY)
    .catch(() => null);
  return isRemembered(found) ? clampBounds(found) : null;
};

/** Called by the call window's page, which alone knows where it is. */
export const rememberBounds = async (bounds: RememberedBounds): Promise<void> => {
  await store().set(KEY, bounds);
};
