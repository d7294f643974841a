import type { EndReason } from '../calls/call.ts';
import type { HistoryEntry } from './history.ts';

const MISSED: ReadonlySet<EndReason> = new Set<EndReason>([
  'cancelled',
  'busy',
  'do-not-disturb',
  'no-answer',
  'unreachable',
  // Only calls that rang when the server stopped have this reason.
  'server-error',
]);

/**
 * Whether an incoming call ended without the callee's doing. A declined call is not missed; a call that was
 * lost before anybody talked is.
 */
export const isMissed = ({
  direction,
  reason,
  duration,
}: Pick<HistoryEntry, 'direction' | 'reason' | 'duration'>): boolean =>
  direction === 'incoming' && (MISSED.has(reason) || (reason === 'connection-lost' && duration === null));
