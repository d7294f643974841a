import type { Kysely, Selectable } from 'kysely';
import { LIMITS } from '../../../protocol/limits.ts';
import { inTransaction } from '../in-transaction.ts';
import type { SessionStore, StoredSession } from '../../account/session-store.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import type { SessionTable, Tables } from '../tables.ts';

const fromRow = (row: Selectable<SessionTable>): StoredSession => ({
  sessionId: row.session_id,
  userId: row.user_id,
  tokenHash: row.token_hash,
  deviceName: row.device_name,
  toldUntil: row.told_until,
  createdAt: row.created_at,
  seenAt: row.seen_at,
  expiresAt: row.expires_at,
});

/** Sessions in an SQL database. */
export const createSqlSessionStore = (db: Kysely<Tables>, dialect: SqlDialect): SessionStore => ({
  create: (session) =>
    inTransaction(db, async (transaction) => {
      const { userId } = session;
      // Several devices may sign in at once, on several nodes.
      await dialect.hold(transaction, `sessions:${userId}`);
      const removed = await transaction
        .deleteFrom('sessions')
        .where('user_id', '=', userId)
        .where('session_id', 'not in', (build) =>
          build
            .selectFrom('sessions')
            .select('session_id')
            .where('user_id', '=', userId)
            .orderBy('seen_at', 'desc')
            .orderBy('created_at', 'desc')
            .limit(LIMITS.devices - 1),
        )
        .returning('session_id')
        .execute();
      await transaction
        .insertInto('sessions')
        .values({
          session_id: session.sessionId,
          user_id: userId,
          token_hash: session.tokenHash,
          device_name: session.deviceName,
          told_until: session.toldUntil,
          created_at: session.createdAt,
          seen_at: session.seenAt,
          expires_at: session.expiresAt,
        })
        .execute();
      return removed.map((row) => row.session_id);
    }),
  async byTokenHash(tokenHash) {
    const row = await db
      .selectFrom('sessions')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    return row ? fromRow(row) : null;
  },
  async byId(sessionId) {
    const row = await db
      .selectFrom('sessions')
      .selectAll()
      .where('session_id', '=', sessionId)
      .executeTakeFirst();
    return row ? fromRow(row) : null;
  },
  async touch(sessionId, seenAt, expiresAt) {
    await db
      .updateTable('sessions')
      .set({ seen_at: seenAt, expires_at: expiresAt })
      .where('session_id', '=', sessionId)
      .execute();
  },
  async ofUser(userId, now) {
    const rows = await db
      .selectFrom('sessions')
      .selectAll()
      .where('user_id', '=', userId)
      .where('expires_at', '>', now)
      .orderBy('seen_at', 'desc')
      .orderBy('created_at', 'desc')
      .limit(LIMITS.devices)
      .execute();
    return rows.map(fromRow);
  },
  async told(sessionIds, until) {
    if (sessionIds.length === 0) return;
    await db
      .updateTable('sessions')
      .set({ told_until: until })
      .where('session_id', 'in', [...sessionIds])
      .where('told_until', '<', until)
      .execute();
  },
  async remove(sessionId) {
    const { numDeletedRows } = await db
      .deleteFrom('sessions')
      .where('session_id', '=', sessionId)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  },
  async removeOf(userId, except) {
    const removed = await db
      .deleteFrom('sessions')
      .where('user_id', '=', userId)
      .$if(except !== undefined, (query) => query.where('session_id', '!=', except ?? ''))
      .returning('session_id')
      .execute();
    return removed.map((row) => row.session_id);
  },
  async removeExpired(now) {
    const { numDeletedRows } = await db
      .deleteFrom('sessions')
      .where('expires_at', '<=', now)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  },
});
