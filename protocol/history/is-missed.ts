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

/** Whether a call came in and the person had no say in its end. Declining is not missing. */
export const isMissed = ({ direction, reason }: Pick<HistoryEntry, 'direction' | 'reason'>): boolean =>
  direction === 'incoming' && MISSED.has(reason);
