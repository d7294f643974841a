import type { UserId } from '../../../protocol/ids.ts';

/** Who may find a message by its words. Only the sender finds a withheld message. */
export const findableBy = (from: UserId, to: UserId, withheld: boolean): UserId[] =>
  withheld ? [from] : [from, to];
