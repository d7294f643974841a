import type { Kysely } from 'kysely';
import { toAccount } from '../../account/to-account.ts';
import { accountFromRow, accountRow } from './account-row.ts';
import { holdProfile } from '../people/hold-profile.ts';
import { inTransaction } from '../in-transaction.ts';
import type { OidcStore } from '../../account/oidc-store.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import type { Tables } from '../tables.ts';

/** Sign-ins by OpenID Connect in an SQL database. */
export const createSqlOidcStore = (db: Kysely<Tables>, dialect: SqlDialect): OidcStore => ({
  async begin(flow, now) {
    await db.deleteFrom('oidc_flows').where('expires_at', '<=', now).execute();
    await db.deleteFrom('oidc_codes').where('expires_at', '<=', now).execute();
    await db
      .insertInto('oidc_flows')
      .values({
        state_hash: flow.stateHash,
        browser_hash: flow.browserHash,
        state: flow.state,
        nonce: flow.nonce,
        verifier: flow.verifier,
        challenge: flow.challenge,
        phone_state: flow.phoneState,
        expires_at: flow.expiresAt,
      })
      .execute();
  },
  async takeFlow(stateHash, now) {
    const row = await db
      .deleteFrom('oidc_flows')
      .where('state_hash', '=', stateHash)
      .returningAll()
      .executeTakeFirst();
    if (!row || row.expires_at <= now) return null;
    return {
      stateHash,
      browserHash: row.browser_hash,
      state: row.state,
      nonce: row.nonce,
      verifier: row.verifier,
      challenge: row.challenge,
      phoneState: row.phone_state,
      expiresAt: row.expires_at,
    };
  },
  async keepCode({ codeHash, challenge, userId, expiresAt }) {
    await db
      .insertInto('oidc_codes')
      .values({ code_hash: codeHash, challenge, user_id: userId, expires_at: expiresAt })
      .execute();
  },
  async takeCode(codeHash, now) {
    const row = await db
      .deleteFrom('oidc_codes')
      .where('code_hash', '=', codeHash)
      .returningAll()
      .executeTakeFirst();
    if (!row || row.expires_at <= now) return null;
    return { codeHash, challenge: row.challenge, userId: row.user_id, expiresAt: row.expires_at };
  },
  async userOf({ issuer, subject }) {
    const row = await db
      .selectFrom('identities')
      .select('user_id')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row?.user_id ?? null;
  },
  createFor: ({ issuer, subject }, account) =>
    inTransaction(db, async (step) => {
      await dialect.hold(step, `identity:${issuer} ${subject}`);
      const known = await step
        .selectFrom('identities')
        .select('user_id')
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst();
      if (known) return false;
      const inserted = await step
        .insertInto('accounts')
        .values(accountRow(account))
        .onConflict((conflict) => conflict.column('username').doNothing())
        .returning('user_id')
        .executeTakeFirst();
      if (!inserted) return false;
      await step
        .insertInto('identities')
        .values({ issuer, subject, user_id: account.userId, told_name: account.displayName })
        .execute();
      return true;
    }),
  followName: ({ issuer, subject }, name, unremembered) =>
    inTransaction(db, async (step) => {
      await dialect.hold(step, `identity:${issuer} ${subject}`);
      const known = await step
        .selectFrom('identities')
        .select(['user_id', 'told_name'])
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst();
      if (!known || known.told_name === name) return null;
      await step
        .updateTable('identities')
        .set({ told_name: name })
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .execute();
      const before = (known.told_name === null ? unremembered : [known.told_name]).filter(
        (was) => was !== name,
      );
      if (before.length === 0) return null;
      await holdProfile(step, known.user_id);
      // One statement, so that it cannot overwrite a name that the person chooses here at the same moment.
      const row = await step
        .updateTable('accounts')
        .set({ display_name: name })
        .where('user_id', '=', known.user_id)
        .where('deleted_at', 'is', null)
        .where('display_name', 'in', before)
        .returningAll()
        .executeTakeFirst();
      return row ? toAccount(accountFromRow(row)) : null;
    }),
  async forget(userId) {
    await db.deleteFrom('identities').where('user_id', '=', userId).execute();
    await db.deleteFrom('oidc_codes').where('user_id', '=', userId).execute();
  },
});
