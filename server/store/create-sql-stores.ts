import type { Kysely } from 'kysely';
import { LIMITS } from '../../protocol/limits.ts';
import { createSqlAccountStore } from './sql-account-store.ts';
import { createSqlBlockStore } from './sql-block-store.ts';
import { createSqlCallRecords } from './sql-call-records.ts';
import { createSqlContactCodeStore } from './sql-contact-code-store.ts';
import { createSqlContactStore } from './sql-contact-store.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { createSqlHistoryStore } from './sql-history-store.ts';
import { createSqlInviteStore } from './sql-invite-store.ts';
import { createSqlKnownDeviceStore } from './sql-known-device-store.ts';
import { createSqlMarkStore } from './sql-mark-store.ts';
import { createSqlMessageStore } from './sql-message-store.ts';
import { createSqlOidcStore } from './sql-oidc-store.ts';
import { createSqlOperatorStore } from './sql-operator-store.ts';
import { createSqlPictureStore } from './sql-picture-store.ts';
import { createSqlPresenceStore } from './sql-presence-store.ts';
import { createSqlPrivacyStore } from './sql-privacy-store.ts';
import { createSqlProfileStore } from './sql-profile-store.ts';
import { createSqlRequestStore } from './sql-request-store.ts';
import { createSqlSessionStore } from './sql-session-store.ts';
import type { Stores } from '../store.ts';
import type { Tables } from './tables.ts';

/**
 * Everything that is kept, in an SQL database that has been migrated.
 * @param historyEntries in one person's history.
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
});
