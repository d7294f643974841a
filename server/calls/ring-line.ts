import type { CallId } from '../../protocol/ids.ts';
import { LIMITS } from '../../protocol/limits.ts';

/** A place in a person's queue of ringing calls. */
export interface Ring {
  readonly callId: CallId;
  /** The callee has marked the caller as a favourite. */
  readonly favourite: boolean;
}

/**
 * How many ringing calls one person's queue holds. Calls beyond it ring for their callers alone until they time
 * out, so that what is kept and read for each event stays small, however many people call.
 */
export const RINGS_IN_LINE = 20;

/** The queue with one more call: favourites first, then the newest. */
export const joinLine = (line: readonly Ring[], ring: Ring): Ring[] => {
  const ahead = ring.favourite ? [] : line.filter(({ favourite }) => favourite);
  return [...ahead, ring, ...line.slice(ahead.length)];
};

/** The head of the queue: the calls that the person's phones show. */
export const shownOf = (line: readonly Ring[]): CallId[] =>
  line.slice(0, LIMITS.simultaneousRings).map(({ callId }) => callId);

/** How many calls wait behind those that are shown. */
export const waitingIn = (line: readonly Ring[]): number =>
  Math.max(0, line.length - LIMITS.simultaneousRings);
