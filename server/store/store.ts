import type { AccountStore } from './account-store.ts';
import type { BlockStore } from './block-store.ts';
import type { ContactCodeStore } from './contact-code-store.ts';
import type { ContactStore } from './contact-store.ts';
import type { RequestStore } from './request-store.ts';
import type { CallRecords } from '../calls/ports.ts';
import type { OidcStore } from './oidc-store.ts';
import type { MarkStore } from './mark-store.ts';
import type { PresenceStore } from './presence-store.ts';
import type { MessageStore } from './message-store.ts';
import type { HistoryStore } from './history-store.ts';
import type { InviteStore } from './invite-store.ts';
import type { KnownDeviceStore } from './known-device-store.ts';
import type { OperatorStore } from './operator-store.ts';
import type { PictureStore } from './picture-store.ts';
import type { ProfileStore } from './profile-store.ts';
import type { PrivacyStore } from './privacy-store.ts';
import type { SessionStore } from './session-store.ts';

/** What is kept, by kind. */
export interface Stores {
  accounts: AccountStore;
  sessions: SessionStore;
  knownDevices: KnownDeviceStore;
  invites: InviteStore;
  operator: OperatorStore;
  calls: CallRecords;
  oidc: OidcStore;
  marks: MarkStore;
  presence: PresenceStore;
  messages: MessageStore;
  history: HistoryStore;
  blocks: BlockStore;
  contacts: ContactStore;
  requests: RequestStore;
  contactCodes: ContactCodeStore;
  pictures: PictureStore;
  privacy: PrivacyStore;
  profiles: ProfileStore;
}

/** Everything durable. Every implementation passes `store-contract.ts`. */
export interface Store extends Stores {
  /**
   * Does all of it or, when it rejects, nothing. Only what is handed in takes part: using the store itself
   * meanwhile would wait for this to end.
   */
  atomically<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  /** Makes sure that nothing of what was deleted is left in the database's files. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
