import type { Kysely } from 'kysely';
import type { InviteStore } from '../../account/invite-store.ts';
import type { Tables } from '../tables.ts';

/** Invites in an SQL database. */
export const createSqlInviteStore = (db: Kysely<Tables>): InviteStore => ({
  async create(invite) {
    await db
      .insertInto('invites')
      .values({
        invite_id: invite.inviteId,
        code_hash: invite.codeHash,
        uses: invite.uses,
        uses_left: invite.left,
        created_at: invite.createdAt,
        expires_at: invite.expiresAt,
      })
      .execute();
  },
  async all() {
    const rows = await db.selectFrom('invites').selectAll().orderBy('created_at', 'desc').execute();
    return rows.map((row) => ({
      inviteId: row.invite_id,
      codeHash: row.code_hash,
      uses: row.uses,
      left: row.uses_left,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }));
  },
  async isValid(codeHash, now) {
    const row = await db
      .selectFrom('invites')
      .select('invite_id')
      .where('code_hash', '=', codeHash)
      .where('uses_left', '>', 0)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return row !== undefined;
  },
  async take(codeHash, now) {
    const { numUpdatedRows } = await db
      .updateTable('invites')
      .set((build) => ({ uses_left: build('uses_left', '-', 1) }))
      .where('code_hash', '=', codeHash)
      .where('uses_left', '>', 0)
      .where('expires_at', '>', now)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  },
  async remove(inviteId) {
    const { numDeletedRows } = await db
      .deleteFrom('invites')
      .where('invite_id', '=', inviteId)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  },
});
