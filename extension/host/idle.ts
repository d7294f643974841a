import { browser } from './browser.ts';

/** Seconds without mouse and keyboard from which nobody seems to be there. */
const IDLE_AFTER = 300;

const isIdle = (state: `${chrome.idle.IdleState}`): boolean => state !== 'active';

/** Whether nobody uses this device, or its screen is locked. */
export const queryIdle = async (): Promise<boolean> => isIdle(await browser.idle.queryState(IDLE_AFTER));

/** Call it synchronously at the top of the worker, which is started for each change. */
export const onIdleChange = (listener: (idle: boolean) => void): void => {
  browser.idle.setDetectionInterval(IDLE_AFTER);
  browser.idle.onStateChanged.addListener((state) => {
    listener(isIdle(state));
  });
};
