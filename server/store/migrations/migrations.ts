import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { blocks } from './block-migration.ts';
import { boundsMigration } from './bounds-migration.ts';
import { contacts } from './contact-migration.ts';
import { END_REASONS, mediaSchema } from '../../../protocol/calls/call.ts';
import { chosenStatusSchema } from '../../../protocol/presence/presence.ts';
import { declinedRequestsMigration } from './declined-requests-migration.ts';
import { contactMarks } from './contact-marks-migration.ts';
import { operatorMigration } from './operator-migration.ts';
import { pictures } from './migration-pictures.ts';
import { tombstones } from './migration-tombstones.ts';
import { presenceMigration } from './presence-migration.ts';
import { messageMigration } from './message-migration.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import { history } from './history-migration.ts';
import { oneOf } from '../one-of.ts';
import { profiles } from './profile-migration.ts';
import { privacyMigration } from './privacy-migration.ts';
import { sessionNameMigration } from './session-name-migration.ts';
import { toldNamesMigration } from './told-names-migration.ts';
import { invitesMigration } from './invites-migration.ts';
import { sweepsMigration } from './sweeps-migration.ts';
import { knownDevicesMigration } from './known-devices-migration.ts';

const first: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('accounts')
      .addColumn('user_id', 'text', (column) => column.primaryKey())
      .addColumn('username', 'text', (column) => column.notNull().unique())
      .addColumn('display_name', 'text', (column) => column.notNull())
      .addColumn('password_hash', 'text')
      .addColumn('chosen_status', 'text', (column) =>
        column.notNull().check(oneOf('chosen_status', chosenStatusSchema.options)),
      )
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('sessions')
      .addColumn('session_id', 'text', (column) => column.primaryKey())
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('accounts.user_id').onDelete('cascade'),
      )
      .addColumn('token_hash', 'text', (column) => column.notNull().unique())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('seen_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('sessions_by_user').on('sessions').column('user_id').execute();
    await db.schema
      .createTable('calls')
      .addColumn('call_id', 'text', (column) => column.primaryKey())
      .addColumn('caller_id', 'text', (column) => column.notNull().references('accounts.user_id'))
      .addColumn('callee_id', 'text', (column) => column.notNull().references('accounts.user_id'))
      .addColumn('media', 'text', (column) => column.notNull().check(oneOf('media', mediaSchema.options)))
      .addColumn('state', 'text', (column) =>
        column.notNull().check(oneOf('state', ['ringing', 'connecting', 'active', 'ended'])),
      )
      .addColumn('v', 'integer', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.check(oneOf('reason', END_REASONS)))
      .addColumn('caller_session_id', 'text', (column) => column.notNull())
      .addColumn('caller_instance_id', 'text', (column) => column.notNull())
      .addColumn('callee_session_id', 'text')
      .addColumn('callee_instance_id', 'text')
      .addColumn('placed_at', 'bigint', (column) => column.notNull())
      .addColumn('accepted_at', 'bigint')
      .addColumn('connected_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .execute();
    await db.schema.createIndex('calls_by_end').on('calls').column('ended_at').execute();
  },
};

const openIdConnect: Migration = {
  async up(db: Kysely<unknown>) {
    const ofAccount = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
      column.notNull().references('accounts.user_id').onDelete('cascade');
    await db.schema
      .createTable('identities')
      .addColumn('issuer', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', ofAccount)
      .addPrimaryKeyConstraint('identities_key', ['issuer', 'subject'])
      .execute();
    await db.schema.createIndex('identities_by_user').on('identities').column('user_id').execute();
    await db.schema
      .createTable('oidc_flows')
      .addColumn('state_hash', 'text', (column) => column.primaryKey())
      .addColumn('browser_hash', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('nonce', 'text', (column) => column.notNull())
      .addColumn('verifier', 'text', (column) => column.notNull())
      .addColumn('challenge', 'text', (column) => column.notNull())
      .addColumn('phone_state', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('oidc_codes')
      .addColumn('code_hash', 'text', (column) => column.primaryKey())
      .addColumn('challenge', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', ofAccount)
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};

/**
 * Every migration from an empty database to the current one, by name. They run in the order of their names,
 * and only up.
 */
export const migrationsFor = ({ search }: SqlDialect): Readonly<Record<string, Migration>> => ({
  '001-accounts-sessions-calls': first,
  '002-openid-connect': openIdConnect,
  '003-contact-marks': contactMarks,
  '004-tombstones': tombstones,
  '005-presence': presenceMigration,
  '006-messages': messageMigration(search),
  '007-history': history,
  '008-blocks': blocks,
  '009-contacts': contacts,
  '010-session-names': sessionNameMigration,
  '011-known-devices': knownDevicesMigration,
  '012-invites': invitesMigration,
  '013-operator': operatorMigration,
  '014-pictures': pictures,
  '015-privacy': privacyMigration,
  '016-profiles': profiles,
  '017-bounds': boundsMigration,
  '018-declined-requests': declinedRequestsMigration,
  '019-told-names': toldNamesMigration,
  '020-sweeps': sweepsMigration,
});
