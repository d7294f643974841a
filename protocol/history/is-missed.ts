import type { EndReason } from '../calls/call.ts';
import type { HistoryEntry } from './history.ts';

const MISSED: ReadonlySet<EndReason> = new Set<EndReason>([
  'cancelled',
  'busy',
  'do-not-disturb',
  'no-answer',
  'unreachable',
  // Told only of calls that rang when the server stopped.
  'server-error',
]);

/**
 * Whether a call came in and the person had no say in its end. Declining is not missing; a call that was lost before
 * anybody talked is.
 */
export const isMissed = ({
  direction,
  reason,
  duration,
}: Pick<HistoryEntry, 'direction' | 'reason' | 'duration'>): boolean =>
  direction === 'incoming' && (MISSED.has(reason) || (reason === 'connection-lost' && duration === null));
