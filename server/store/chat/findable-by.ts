import type { UserId } from '../../../protocol/ids.ts';

/** Who may find a message by its words: what is withheld, its sender alone. */
export const findableBy = (from: UserId, to: UserId, withheld: boolean): UserId[] =>
  withheld ? [from] : [from, to];
