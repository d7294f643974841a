import type { Kysely, Selectable } from 'kysely';
import type { ContactCodeStore, StoredContactCode } from '../../people/contact-code-store.ts';
import type { ContactCodeTable, Tables } from '../tables.ts';

const fromRow = (row: Selectable<ContactCodeTable>): StoredContactCode => ({
  ownerId: row.owner_id,
  codeHash: row.code_hash,
  expiresAt: row.expires_at,
  uses: row.uses,
});

/** Personal invite codes in an SQL database. */
export const createSqlContactCodeStore = (db: Kysely<Tables>): ContactCodeStore => {
  const good = (now: number) =>
    db.selectFrom('contact_codes').selectAll().where('expires_at', '>', now).where('uses', '>', 0);
  return {
    async put({ ownerId, codeHash, expiresAt, uses }) {
      const row = { code_hash: codeHash, expires_at: expiresAt, uses };
      await db
        .insertInto('contact_codes')
        .values({ owner_id: ownerId, ...row })
        .onConflict((conflict) => conflict.column('owner_id').doUpdateSet(row))
        .execute();
    },
    async byOwner(ownerId, now) {
      const row = await good(now).where('owner_id', '=', ownerId).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    async byHash(codeHash, now) {
      const row = await good(now).where('code_hash', '=', codeHash).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    async use(codeHash, now) {
      const used = await db
        .updateTable('contact_codes')
        .set((build) => ({ uses: build('uses', '-', 1) }))
        .where('code_hash', '=', codeHash)
        .where('expires_at', '>', now)
        .where('uses', '>', 0)
        .returning('owner_id')
        .executeTakeFirst();
      return used !== undefined;
    },
    async remove(ownerId) {
      await db.deleteFrom('contact_codes').where('owner_id', '=', ownerId).execute();
    },
  };
};
