/** Time and timers, in milliseconds, so that tests need not wait. */
export interface Clock {
  now(): number;
  /** Calls back once; the returned function cancels. */
  after(delay: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delay, callback) => {
    const timer = setTimeout(callback, delay);
    return () => {
      clearTimeout(timer);
    };
  },
};
