import type { EndReason } from '../../protocol/calls/call.ts';

/** Why a call is over, as its phone shows it: the reason on record, or that the server would not place it now. */
export type ShownReason = EndReason | 'rate-limited';
