import type { Page } from '@playwright/test';
import { EXTENSION_ORIGIN, pageUrl } from '../e2e/support/extension.ts';
import type { Person } from '../e2e/support/person.ts';
import { until } from '../e2e/support/until.ts';
import { installArrivals, type Moments } from './arrivals.ts';

const EMPTY = `${EXTENSION_ORIGIN}/empty.html`;

/** Runs in the phone: notes what arrives over its connections, and when the last of its captured tracks stops. */
const watchPhone = (): void => {
  const Original = RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      window.arrivals.watch(this);
    }
  };
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the track as `this` below
  const { stop } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.stop = function (this: MediaStreamTrack) {
    stop.call(this);
    // The last one counts.
    window.arrivals.moments['stopped'] = performance.timeOrigin + performance.now();
  };
};

/** Runs in each page that opens: notes clicks by the name of their button, and the first frame of the other person. */
const watchPage = (): void => {
  addEventListener(
    'click',
    ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (button)
        window.arrivals.note(`click ${button.getAttribute('aria-label') ?? button.textContent.trim()}`);
    },
    { capture: true },
  );
  new MutationObserver(() => {
    const video = document.querySelector<HTMLVideoElement>('video[aria-label^="Video of"]');
    if (!video || video.dataset['watched'] !== undefined) return;
    video.dataset['watched'] = '';
    video.requestVideoFrameCallback(() => {
      window.arrivals.note('frame seen');
    });
  }).observe(document, { childList: true, subtree: true });
};

/** Prepares a person's phone, and all pages that open later, for measuring. */
export const measure = async (person: Person): Promise<void> => {
  await person.browser.context.addInitScript(installArrivals);
  await person.browser.context.addInitScript(watchPage);
  await person.phone.evaluate(installArrivals);
  await person.phone.evaluate(watchPhone);
};

/**
 * Leaves the popup for a page that draws nothing: the real popup closes as soon as something else has the focus,
 * and its drawing would take processor time from the phone. The page notes when the phone rings.
 */
export const leavePopup = async ({ popup }: Person): Promise<void> => {
  await popup.goto(EMPTY);
  await popup.evaluate(() => {
    chrome.runtime
      .connect({ name: 'snapshots' })
      .onMessage.addListener((slices: { incoming?: unknown[] }) => {
        if (slices.incoming && slices.incoming.length > 0) window.arrivals.note('ringing');
      });
  });
};

export const openPopup = async ({ popup }: Person): Promise<void> => {
  await popup.goto(pageUrl('popup'));
};

/** Opens the call window as the popup's button does; the popup has that button only during a call. */
export const openCallWindow = async (person: Person): Promise<Page> => {
  await person.popup.evaluate(() =>
    chrome.runtime.sendMessage({ target: 'background', name: 'open-call-window', payload: {} }),
  );
  return person.page('call-window');
};

/** Presses Accept on the notification of the ringing call. Resolves to the time of the press, in epoch milliseconds. */
export const acceptByNotification = async (person: Person): Promise<number> => {
  const { incoming } = await person.snapshot();
  const worker = person.browser.context.serviceWorkers()[0];
  if (!worker) throw new Error('The service worker does not run.');
  return worker.evaluate((callId) => {
    // An extension can raise Chromium's events itself, but no type says so.
    const event = chrome.notifications.onButtonClicked as unknown as {
      dispatch(id: string, button: number): void;
    };
    const now = performance.timeOrigin + performance.now();
    event.dispatch(callId, 0);
    return now;
  }, incoming[0]?.callId ?? '');
};

export const momentsIn = (page: Page): Promise<Moments> =>
  page.evaluate(() => ({ ...window.arrivals.moments }));

/** Waits until the phone has reached all of these moments, and resolves to all of its moments. */
export const momentsOf = (person: Person, names: string[]): Promise<Moments> =>
  until(
    async () => {
      const moments = await person.phone.evaluate(() => window.arrivals.moments);
      return names.every((name) => name in moments) && moments;
    },
    { what: `${names.join(', ')} at ${person.name}`, timeout: 20_000 },
  );

/** Makes the phone forget the last call's moments. */
export const forget = (person: Person): Promise<void> =>
  person.phone.evaluate(() => {
    for (const name of Object.keys(window.arrivals.moments)) {
      Reflect.deleteProperty(window.arrivals.moments, name);
    }
  });

/** Waits until the phone sends pictures of 720 lines. Resolves to that time, in epoch milliseconds. */
export const fullSizeSent = async ({ phone }: Person): Promise<number> => {
  await phone.evaluate(() => window.arrivals.awaitHeight(720, 'full size'));
  return phone.evaluate(() => window.arrivals.moments['full size'] ?? Number.NaN);
};

/** From now on the phone's camera stays at the size it opens with, as the bare page's does. */
export const keepSize = ({ phone }: Person): Promise<void> =>
  phone.evaluate(() => {
    MediaStreamTrack.prototype.applyConstraints = () => Promise.resolve();
  });

/**
 * Waits until the call window shows its first frame of the other person. Resolves to that time, in epoch
 * milliseconds.
 */
export const frameSeen = async (person: Person): Promise<number> => {
  const page = await person.page('call-window');
  const handle = await page.waitForFunction(() => window.arrivals.moments['frame seen']);
  return (await handle.jsonValue()) ?? Number.NaN;
};

/** Milliseconds from the request for an almost empty window of the extension to its first paint. */
export const emptyWindow = async ({ popup, browser }: Person): Promise<number> => {
  const opened = browser.context.waitForEvent('page');
  const asked = await popup.evaluate(() => {
    const now = performance.timeOrigin + performance.now();
    void chrome.windows.create({ url: 'empty.html', type: 'popup', width: 960, height: 680 });
    return now;
  });
  const page: Page = await opened;
  const handle = await page.waitForFunction(() => {
    const [paint] = performance.getEntriesByName('first-paint');
    return paint && performance.timeOrigin + paint.startTime;
  });
  const painted = (await handle.jsonValue()) ?? Number.NaN;
  await page.close();
  return painted - asked;
};

/** Milliseconds from a popup's time origin to the paint of its first contact. */
export const popupPainted = async ({ browser }: Person): Promise<number> => {
  const page = await browser.context.newPage();
  await page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector('[role="listitem"] button')) return;
      seen.disconnect();
      requestAnimationFrame(() => {
        // A message comes after the frame has been drawn.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          window.arrivals.note('painted');
        };
        port2.postMessage(null);
      });
    });
    seen.observe(document, { childList: true, subtree: true });
  });
  await page.goto(pageUrl('popup'));
  const handle = await page.waitForFunction(
    () =>
      'painted' in window.arrivals.moments &&
      (window.arrivals.moments['painted'] ?? 0) - performance.timeOrigin,
  );
  const took = await handle.jsonValue();
  await page.close();
  return took === false ? Number.NaN : took;
};
