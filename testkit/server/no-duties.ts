import type { Duties } from '../../server/live.ts';

const nothing = (): Promise<void> => Promise.resolve();

/** For tests of live state alone, in which nobody has to be told anything. */
export const NO_DUTIES: Duties = {
  restore: nothing,
  lost: nothing,
  callDue: nothing,
  callUnsettled: nothing,
  presenceDue: nothing,
  choiceDue: nothing,
  refresh: () => undefined,
};
