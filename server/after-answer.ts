/**
 * Does something once the answer that is being made has been written: what takes longer for one person than for
 * another must not be seen by when the answer comes. Asked for last, before the handler returns.
 */
export const afterAnswer = (work: () => Promise<void>, onError: (error: unknown) => void): void => {
  setImmediate(() => {
    work().catch(onError);
  });
};
