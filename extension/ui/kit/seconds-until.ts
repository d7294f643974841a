/** Whole seconds until a time, as a countdown shows them: both in epoch milliseconds; 0 when it is over. */
export const secondsUntil = (time: number, now: number): string =>
  String(Math.max(0, Math.ceil((time - now) / 1000)));
