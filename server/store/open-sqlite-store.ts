import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { ConfigError } from '../config-error.ts';
import { keepCopy } from './keep-copy.ts';
import { makeFolder } from './make-folder.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import { adaptSqlite } from './sqlite-adapter.ts';
import { createSqlAccountStore } from './sql-account-store.ts';
import { createSqlBlockStore } from './sql-block-store.ts';
import { createSqlContactCodeStore } from './sql-contact-code-store.ts';
import { createSqlContactStore } from './sql-contact-store.ts';
import { createSqlRequestStore } from './sql-request-store.ts';
import { createSqlCallRecords } from './sql-call-records.ts';
import { createSqlOidcStore } from './sql-oidc-store.ts';
import { createSqlMarkStore } from './sql-mark-store.ts';
import { createSqlPresenceStore } from './sql-presence-store.ts';
import { createSqlMessageStore } from './sql-message-store.ts';
import { createSqlHistoryStore } from './sql-history-store.ts';
import { createSqlInviteStore } from './sql-invite-store.ts';
import { createSqlKnownDeviceStore } from './sql-known-device-store.ts';
import { createSqlOperatorStore } from './sql-operator-store.ts';
import { createSqlPictureStore } from './sql-picture-store.ts';
import { createSqlPrivacyStore } from './sql-privacy-store.ts';
import { createSqlSessionStore } from './sql-session-store.ts';
import type { Store, Stores } from './store.ts';
import type { Tables } from './tables.ts';
import { TransactionalSqliteDialect } from './transactional-sqlite-dialect.ts';

const BUSY_TIMEOUT_MS = 5000;

const openFile = (file: string): DatabaseSync => {
  try {
    // Only the server's own user reads it: it holds password hashes.
    if (file !== ':memory:') makeFolder(dirname(file));
    const db = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: BUSY_TIMEOUT_MS });
    db.exec('pragma journal_mode = wal');
    db.exec('pragma synchronous = normal');
    db.exec('pragma secure_delete = on');
    // A file that can be read and not written is noticed now, not at the first sign-up.
    db.exec('begin immediate; create table quick_call_write_check (x); rollback');
    return db;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : 'it cannot be opened';
    throw new ConfigError(`DATABASE_URL: cannot write ${file}: ${why ?? ''}`);
  }
};

const createSqlStores = (db: Kysely<Tables>): Stores => ({
  accounts: createSqlAccountStore(db),
  sessions: createSqlSessionStore(db),
  knownDevices: createSqlKnownDeviceStore(db),
  invites: createSqlInviteStore(db),
  operator: createSqlOperatorStore(db),
  calls: createSqlCallRecords(db),
  oidc: createSqlOidcStore(db),
  marks: createSqlMarkStore(db),
  presence: createSqlPresenceStore(db),
  messages: createSqlMessageStore(db),
  history: createSqlHistoryStore(db),
  blocks: createSqlBlockStore(db),
  contacts: createSqlContactStore(db),
  requests: createSqlRequestStore(db),
  contactCodes: createSqlContactCodeStore(db),
  pictures: createSqlPictureStore(db),
  privacy: createSqlPrivacyStore(db),
});

/**
 * Opens (and creates) the embedded database and brings it up to date; before a
 * step is taken on an existing file, a copy of it is kept next to it.
 * @param file absolute path, or `:memory:`.
 * @throws ConfigError when the file cannot be written, or was made by a newer version.
 */
export const openSqliteStore = async (
  file: string,
  now: number,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<Store> => {
  const raw = openFile(file);
  const db = new Kysely<Tables>({ dialect: new TransactionalSqliteDialect({ database: adaptSqlite(raw) }) });
  try {
    await migrate(db, migrations, () => {
      if (file !== ':memory:') keepCopy(raw, file, now);
    });
  } catch (error) {
    await db.destroy();
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : '';
    throw new ConfigError(`DATABASE_URL: cannot bring ${file} up to date: ${why ?? ''}`, { cause: error });
  }
  return {
    ...createSqlStores(db),
    atomically: (work) => db.transaction().execute((transaction) => work(createSqlStores(transaction))),
    async ping() {
      await db.selectFrom('accounts').select('user_id').limit(1).execute();
    },
    // `secure_delete` overwrites what is deleted, but the write-ahead log still holds the pages as they were.
    async scrub() {
      await sql`pragma wal_checkpoint(truncate)`.execute(db);
    },
    close: () => db.destroy(),
  };
};
