/** Whole seconds until a time, for a countdown; 0 when it is over. Both times are epoch milliseconds. */
export const secondsUntil = (time: number, now: number): string =>
  String(Math.max(0, Math.ceil((time - now) / 1000)));
