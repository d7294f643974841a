const TICK_MS = 1_000;
/** A busy thread is late by less, in milliseconds; a connection may be dead after more. */
const SLEPT_MS = 10_000;

/**
 * Tells when this machine has slept: nobody else does. A timer that fires late by the wall clock gives it away,
 * within a second of waking; the browser's own times stand still meanwhile.
 */
export const watchWaking = (onWake: () => void): void => {
  let tickedAt = Date.now();
  setInterval(() => {
    const now = Date.now();
    const slept = now - tickedAt > TICK_MS + SLEPT_MS;
    tickedAt = now;
    if (slept) onWake();
  }, TICK_MS);
};
