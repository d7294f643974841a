import type { Account } from '../../protocol/account/account.ts';

/** What its owner, and others as a `Person`, may be told of an account that is kept with more than that. */
export const toAccount = ({ userId, username, displayName, picture }: Account): Account => ({
  userId,
  username,
  displayName,
  ...(picture !== undefined && { picture }),
});
