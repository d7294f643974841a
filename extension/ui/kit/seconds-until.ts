/** Whole seconds until a time, for a countdown; 0 when it is over. Both times are in milliseconds of one clock. */
export const secondsUntil = (time: number, now: number): string =>
  String(Math.max(0, Math.ceil((time - now) / 1000)));
