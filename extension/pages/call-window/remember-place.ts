import { logFailure } from '../../host/log-failure.ts';
import { rememberBounds, type RememberedBounds } from '../../host/window-bounds.ts';

/** There is no event for a moved window. */
const LOOK_EVERY_MS = 1000;

// Chromium has these two properties; the standard types do not.
const offset = (side: 'availLeft' | 'availTop'): number => {
  const value: unknown = Reflect.get(window.screen, side);
  return typeof value === 'number' ? value : 0;
};

const place = (): RememberedBounds => ({
  window: { left: window.screenX, top: window.screenY, width: window.outerWidth, height: window.outerHeight },
  screen: {
    left: offset('availLeft'),
    top: offset('availTop'),
    width: window.screen.availWidth,
    height: window.screen.availHeight,
  },
});

/** Saves this window's position, so that the next call opens there, until `signal` aborts. */
export const rememberPlace = (signal: AbortSignal): void => {
  let known = JSON.stringify(place());
  const timer = setInterval(() => {
    const now = place();
    const text = JSON.stringify(now);
    if (text === known) return;
    known = text;
    rememberBounds(now).catch((error: unknown) => {
      logFailure('window place', error);
    });
  }, LOOK_EVERY_MS);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
  });
};
