import { logFailure } from '../../host/log-failure.ts';
import { rememberBounds, type RememberedBounds } from '../../host/window-bounds.ts';

/** No event tells that a window was moved. */
const LOOK_EVERY_MS = 1000;

// Chromium has these two; the standard's types do not.
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

/** Keeps where this window is, so that the next call opens there, until `signal` aborts. */
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
