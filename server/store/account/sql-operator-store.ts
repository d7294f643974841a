import type { Kysely, Selectable } from 'kysely';
import { inTransaction } from '../in-transaction.ts';
import type { OperatorChange, OperatorStore } from '../../account/operator-store.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import type { OperatorWordTable, Tables } from '../tables.ts';

const DAY = 86_400_000;
/** The most messages in one read; the follower reads again within a second. */
const WORDS_AT_ONCE = 500;

const fromRow = ({ kind, user_id, session_id }: Selectable<OperatorWordTable>): OperatorChange =>
  kind === 'session-revoked'
    ? { kind, userId: user_id, sessionId: session_id ?? '' }
    : { kind, userId: user_id };

/** An operator's view of an SQL database. */
export const createSqlOperatorStore = (db: Kysely<Tables>, dialect: SqlDialect): OperatorStore => ({
  async accounts() {
    const rows = await db
      .selectFrom('accounts')
      .leftJoin('sessions', 'sessions.user_id', 'accounts.user_id')
      .leftJoin('disabled_accounts', 'disabled_accounts.user_id', 'accounts.user_id')
      .where('accounts.deleted_at', 'is', null)
      .groupBy('accounts.user_id')
      .orderBy('accounts.username')
      .select((build) => [
        'accounts.user_id as userId',
        'accounts.username',
        'accounts.display_name as displayName',
        'accounts.created_at as createdAt',
        build.fn.max<number | null>('sessions.seen_at').as('seenAt'),
        build.fn.count('sessions.session_id').as('sessions'),
        build.fn.count('disabled_accounts.user_id').as('disabled'),
      ])
      .execute();
    return rows.map((row) => ({
      ...row,
      sessions: Number(row.sessions),
      disabled: Number(row.disabled) > 0,
    }));
  },
  async sessions(userId) {
    const all = db
      .selectFrom('sessions')
      .innerJoin('accounts', 'accounts.user_id', 'sessions.user_id')
      .orderBy('sessions.seen_at', 'desc')
      .select([
        'sessions.session_id as sessionId',
        'sessions.user_id as userId',
        'accounts.username',
        'sessions.device_name as deviceName',
        'sessions.created_at as createdAt',
        'sessions.seen_at as seenAt',
        'sessions.expires_at as expiresAt',
      ]);
    return userId === undefined ? all.execute() : all.where('sessions.user_id', '=', userId).execute();
  },
  async isDisabled(userId) {
    const row = await db
      .selectFrom('disabled_accounts')
      .select('user_id')
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row !== undefined;
  },
  async setDisabled(userId, disabled) {
    if (!disabled) {
      const { numDeletedRows } = await db
        .deleteFrom('disabled_accounts')
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    }
    const added = await db
      .insertInto('disabled_accounts')
      .values({ user_id: userId })
      .onConflict((conflict) => conflict.doNothing())
      .returning('user_id')
      .executeTakeFirst();
    return added !== undefined;
  },
  async setPassword(userId, passwordHash) {
    await db
      .updateTable('accounts')
      .set({ password_hash: passwordHash })
      .where('user_id', '=', userId)
      .execute();
  },
  async recordChange(change, now) {
    const sessionId = change.kind === 'session-revoked' ? change.sessionId : null;
    await inTransaction(db, async (transaction) => {
      // Numbers must become visible in order: a server that has read one never looks for lower ones again.
      await dialect.hold(transaction, 'operator_words');
      await transaction
        .insertInto('operator_words')
        .values({ kind: change.kind, user_id: change.userId, session_id: sessionId, at: now })
        .execute();
      await transaction
        .deleteFrom('operator_words')
        .where('at', '<', now - DAY)
        .execute();
    });
  },
  async lastChange() {
    const { last } = await db
      .selectFrom('operator_words')
      .select((build) => build.fn.max<number | null>('number').as('last'))
      .executeTakeFirstOrThrow();
    return last ?? 0;
  },
  async changesAfter(number) {
    const rows = await db
      .selectFrom('operator_words')
      .selectAll()
      .where('number', '>', number)
      .orderBy('number')
      .limit(WORDS_AT_ONCE)
      .execute();
    return rows.map((row) => ({ number: row.number, change: fromRow(row) }));
  },
});
