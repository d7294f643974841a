import type { OwnAccount } from '../../protocol/account/account.ts';
import type { StoredAccount } from './account-store.ts';
import { toAccount } from './to-account.ts';

/** What its owner may be told of an account. */
export const toOwnAccount = (account: StoredAccount): OwnAccount => ({
  ...toAccount(account),
  ...(account.passwordHash === null && { withoutPassword: true }),
});
