import type { Insertable, Selectable } from 'kysely';
import type { StoredAccount } from '../../account/account-store.ts';
import type { AccountTable } from '../tables.ts';

/** An account as a row to insert. */
export const accountRow = (account: StoredAccount): Insertable<AccountTable> => ({
  user_id: account.userId,
  username: account.username,
  display_name: account.displayName,
  password_hash: account.passwordHash,
  chosen_status: account.chosenStatus,
  created_at: account.createdAt,
  picture: account.picture ?? null,
  deleted_at: null,
});

/** A row as an account. */
export const accountFromRow = (row: Selectable<AccountTable>): StoredAccount => ({
  userId: row.user_id,
  username: row.username,
  displayName: row.display_name,
  ...(row.picture !== null && { picture: row.picture }),
  passwordHash: row.password_hash,
  chosenStatus: row.chosen_status,
  createdAt: row.created_at,
});
