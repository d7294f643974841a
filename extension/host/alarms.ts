import { browser } from './browser.ts';

const WATCHDOG = 'watchdog';
const EVERY_MINUTES = 1;

/** Wakes the worker once a minute. Call it synchronously at the top of the worker, which is started for it. */
export const onWatchdog = (listener: () => void): void => {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === WATCHDOG) listener();
  });
};

/** Alarms may be lost when the browser is restarted; one that is there is left alone, because it would begin anew. */
export const ensureWatchdog = async (): Promise<void> => {
  if (await browser.alarms.get(WATCHDOG)) return;
  await browser.alarms.create(WATCHDOG, { periodInMinutes: EVERY_MINUTES });
};
