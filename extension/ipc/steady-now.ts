/**
 * Milliseconds that only ever go on, whatever becomes of the computer's clock: for how long something has lasted and
 * when it is due. It starts out as epoch milliseconds and is the same in all of the extension's documents, which share
 * a process: Chromium fixes how `timeOrigin` relates to the monotonic clock once a process.
 * A whole number, as the contract wants times and lengths.
 */
export const steadyNow = (): number => Math.floor(performance.timeOrigin + performance.now());
