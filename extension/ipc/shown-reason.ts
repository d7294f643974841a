import type { EndReason } from '../../protocol/calls/call.ts';

/**
 * Why a call is over, as its phone shows it: the recorded reason, or the server's refusal to place the call.
 */
export type ShownReason = EndReason | 'rate-limited';
