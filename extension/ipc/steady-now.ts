/**
 * Whole milliseconds that never go back, even if the computer's clock is set: for durations and deadlines. They start
 * out as epoch milliseconds and are the same in all of the extension's documents, which share a process: Chromium fixes
 * how `timeOrigin` relates to the monotonic clock once a process.
 */
export const steadyNow = (): number => Math.floor(performance.timeOrigin + performance.now());
