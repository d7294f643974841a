import type { Insertable } from 'kysely';
import type { StoredAccount } from './account-store.ts';
import type { AccountTable } from './tables.ts';

/** An account as a row to insert. */
export const accountRow = (account: StoredAccount): Insertable<AccountTable> => ({
  user_id: account.userId,
  username: account.username,
  display_name: account.displayName,
  password_hash: account.passwordHash,
  chosen_status: account.chosenStatus,
  created_at: account.createdAt,
  deleted_at: null,
});
