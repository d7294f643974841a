import { findInvite } from '../../../protocol/find-invite.ts';
import { cleanLine } from '../../../protocol/one-line.ts';

/**
 * Finds the invite code in a pasted text, in any spelling or sentence. The server refuses a text without one.
 */
export const inviteCodeOf = (typed: string): string => findInvite(typed)?.code ?? cleanLine(typed);
