const TICK_MS = 1_000;
/** Milliseconds: a busy thread is late by less, and a connection may be dead after more. */
const SLEPT_MS = 10_000;

/**
 * Tells when this machine has slept, for which browsers have no event: a timer that fires late by the wall clock
 * shows it within a second of waking, since monotonic clocks stop meanwhile. Until `signal` aborts.
 */
export const onWake = (listener: () => void, signal: AbortSignal): void => {
  let tickedAt = Date.now();
  const ticking = setInterval(() => {
    const now = Date.now();
    const slept = now - tickedAt > TICK_MS + SLEPT_MS;
    tickedAt = now;
    if (slept) listener();
  }, TICK_MS);
  signal.addEventListener('abort', () => {
    clearInterval(ticking);
  });
};
