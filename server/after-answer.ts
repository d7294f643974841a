/**
 * Runs work after the current answer has been written: work that takes longer for some people must not show in the
 * time of the answer. Call it last, before the handler returns.
 */
export const afterAnswer = (work: () => Promise<void>, onError: (error: unknown) => void): void => {
  setImmediate(() => {
    work().catch(onError);
  });
};
