import type { Duties } from '../../server/live.ts';

const nothing = (): Promise<void> => Promise.resolve();

/** For tests of live state alone, in which nobody needs to hear of anything. */
export const NO_DUTIES: Duties = {
  restore: nothing,
  lost: nothing,
  callDue: nothing,
  callUnsettled: nothing,
  presenceDue: nothing,
  choiceDue: nothing,
  refresh: () => undefined,
};
