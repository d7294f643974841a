/** In how many parts the time runs out. */
const PARTS = 4;

/**
 * A timer for an answer from outside. A plain one counts the time in which this process was paused, and fires before
 * what has arrived meanwhile is read: after seconds without a processor, a peer that answered at once would
 * seem to be away.
 * @param within milliseconds; a standstill counts for a quarter of it, however long.
 * @returns what stops it.
 */
export const setPatientTimeout = (onOver: () => void, within: number): (() => void) => {
  let timer: NodeJS.Timeout;
  let stopped = false;
  const wait = (parts: number): void => {
    timer = setTimeout(() => {
      if (parts > 1) {
        wait(parts - 1);
        return;
      }
      // Timers come before what has arrived, this after it.
      setImmediate(() => {
        if (!stopped) onOver();
      });
    }, within / PARTS);
  };
  wait(PARTS);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
};
