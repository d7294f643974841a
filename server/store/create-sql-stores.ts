import type { Kysely } from 'kysely';
import { LIMITS } from '../../protocol/limits.ts';
import { createSqlAccountStore } from './account/sql-account-store.ts';
import { createSqlBlockStore } from './people/sql-block-store.ts';
import { createSqlCallRecords } from './calls/sql-call-records.ts';
import { createSqlContactCodeStore } from './people/sql-contact-code-store.ts';
import { createSqlContactStore } from './people/sql-contact-store.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { createSqlHistoryStore } from './history/sql-history-store.ts';
import { createSqlInviteStore } from './account/sql-invite-store.ts';
import { createSqlKnownDeviceStore } from './account/sql-known-device-store.ts';
import { createSqlMarkStore } from './people/sql-mark-store.ts';
import { createSqlMessageStore } from './chat/sql-message-store.ts';
import { createSqlOidcStore } from './account/sql-oidc-store.ts';
import { createSqlOperatorStore } from './account/sql-operator-store.ts';
import { createSqlPictureStore } from './people/sql-picture-store.ts';
import { createSqlPresenceStore } from './presence/sql-presence-store.ts';
import { createSqlPrivacyStore } from './people/sql-privacy-store.ts';
import { createSqlProfileStore } from './people/sql-profile-store.ts';
import { createSqlRequestStore } from './people/sql-request-store.ts';
import { createSqlSessionStore } from './account/sql-session-store.ts';
import { createSqlSweepStore } from './sql-sweep-store.ts';
import type { Stores } from '../store.ts';
import type { Tables } from './tables.ts';

/**
 * All stores, in a migrated SQL database.
 * @param historyEntries the most entries in one person's history.
 */
export const createSqlStores = (
  db: Kysely<Tables>,
  dialect: SqlDialect,
  historyEntries: number = LIMITS.historyEntries,
): Stores => ({
  accounts: createSqlAccountStore(db),
  sessions: createSqlSessionStore(db, dialect),
  knownDevices: createSqlKnownDeviceStore(db),
  invites: createSqlInviteStore(db),
  operator: createSqlOperatorStore(db, dialect),
  calls: createSqlCallRecords(db, dialect, historyEntries),
  oidc: createSqlOidcStore(db, dialect),
  marks: createSqlMarkStore(db),
  presence: createSqlPresenceStore(db),
  messages: createSqlMessageStore(db, dialect),
  history: createSqlHistoryStore(db),
  blocks: createSqlBlockStore(db),
  contacts: createSqlContactStore(db),
  requests: createSqlRequestStore(db),
  contactCodes: createSqlContactCodeStore(db),
  pictures: createSqlPictureStore(db),
  privacy: createSqlPrivacyStore(db),
  profiles: createSqlProfileStore(db),
  sweeps: createSqlSweepStore(db),
});
