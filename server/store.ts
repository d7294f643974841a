import type { AccountStore } from './account/account-store.ts';
import type { BlockStore } from './people/block-store.ts';
import type { ContactCodeStore } from './people/contact-code-store.ts';
import type { ContactStore } from './people/contact-store.ts';
import type { RequestStore } from './people/request-store.ts';
import type { CallRecords } from './calls/ports.ts';
import type { OidcStore } from './account/oidc-store.ts';
import type { MarkStore } from './people/mark-store.ts';
import type { PresenceStore } from './presence/presence-store.ts';
import type { MessageStore } from './chat/message-store.ts';
import type { HistoryStore } from './history/history-store.ts';
import type { InviteStore } from './account/invite-store.ts';
import type { KnownDeviceStore } from './account/known-device-store.ts';
import type { OperatorStore } from './account/operator-store.ts';
import type { PictureStore } from './people/picture-store.ts';
import type { ProfileStore } from './people/profile-store.ts';
import type { PrivacyStore } from './people/privacy-store.ts';
import type { SweepStore } from './sweep-store.ts';
import type { SessionStore } from './account/session-store.ts';

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
  sweeps: SweepStore;
}

/** Everything durable. Every implementation passes `store-contract.ts`. */
export interface Store extends Stores {
  /**
   * Runs `work` in one transaction: all of it or, when it rejects, nothing. Use only the store that `work` is given:
   * the outer one would wait for this transaction to end.
   */
  atomically<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  /** Makes sure that nothing of what was deleted is left in the database's files. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
