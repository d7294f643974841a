import type { AccountStore } from './account-store.ts';
import type { CallRecords } from '../calls/ports.ts';
import type { OidcStore } from './oidc-store.ts';
import type { MarkStore } from './mark-store.ts';
import type { SessionStore } from './session-store.ts';

/** Everything durable. Every implementation passes `store-contract.ts`. */
export interface Store {
  accounts: AccountStore;
  sessions: SessionStore;
  calls: CallRecords;
  oidc: OidcStore;
  marks: MarkStore;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
