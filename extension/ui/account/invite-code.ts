import { findInvite } from '../../../protocol/find-invite.ts';
import { cleanLine } from '../../../protocol/one-line.ts';

/** The code in what a person pastes, in whatever spelling or sentence; what holds none is for the server to refuse. */
export const inviteCodeOf = (typed: string): string => findInvite(typed)?.code ?? cleanLine(typed);
