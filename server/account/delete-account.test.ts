import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { testSdp } from '../../testkit/server/descriptions.ts';
import { pngFile } from '../../testkit/server/picture-files.ts';
import { startTestServer } from '../../testkit/server/start-test-server.ts';
import { temporaryFolder } from '../../testkit/server/temporary-folder.ts';
import { deleteAccount } from './delete-account.ts';

const CALL = '0a1b2c3d-0000-4000-8000-000000000000';

/** Where a text stands in a database, as `table.column`. */
const placesOf = (db: DatabaseSync, text: string): string[] => {
  const tables = db.prepare("select name from sqlite_schema where type = 'table'").all();
  const places = tables.flatMap(({ name }) =>
    db
      .prepare(`select * from "${String(name)}"`)
      .all()
      .flatMap((row) =>
        Object.entries(row).flatMap(([column, value]) =>
          typeof value === 'string' && value.includes(text) ? `${String(name)}.${column}` : [],
        ),
      ),
  );
  return [...new Set(places)].sort();
};

describe('deleting an account', () => {
  it('leaves nothing of the person in any table but an id, for the calls of others', async () => {
    const databaseFile = join(temporaryFolder(), 'quick-call.db');
    const server = await startTestServer({ database: { kind: 'sqlite', file: databaseFile } });
    const [ada, bob] = [await server.signUp('ada.lovelace'), await server.signUp('bob')];
    const { userId } = ada.account;
    const phone = await server.phone(ada);
    const others = await server.phone(bob);
    await fetch(`${server.url}/api/v1/accounts/current/picture`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${ada.token}` },
      body: new Uint8Array(pngFile()),
    });
    const mark = { favourite: true, ringsThrough: true };
    await server.store.privacy.hideAddress(userId, true);
    await phone.request('contact:mark', { userId: bob.account.userId, ...mark });
    await others.request('contact:mark', { userId, ...mark });
    const call = { callId: CALL, to: bob.account.userId, media: 'audio', offer: testSdp() } as const;
    await phone.request('call:invite', call);
    await phone.request('call:end', { callId: CALL });
    const db = new DatabaseSync(databaseFile);
    // Other features keep more: what counts is what is left.
    expect(placesOf(db, userId)).toEqual(
      expect.arrayContaining([
        'accounts.user_id',
        'calls.caller_id',
        'contact_marks.other_id',
        'contact_marks.user_id',
        'hidden_addresses.user_id',
        'pictures.user_id',
        'sessions.user_id',
      ]),
    );

    const now = Date.now();
    expect(await server.store.atomically((stores) => deleteAccount(stores, userId, now))).toBe(true);
    expect(await server.store.atomically((stores) => deleteAccount(stores, userId, now))).toBe(false);
    await server.stop();
    expect(placesOf(db, userId)).toEqual([
      'accounts.user_id',
      'accounts.username',
      'calls.caller_id',
      'history.other_id',
    ]);
    for (const text of ['lovelace', 'Lovelace', ada.sessionId]) {
      expect([text, placesOf(db, text)]).toEqual([
        text,
        text === ada.sessionId ? ['calls.caller_session_id'] : [],
      ]);
    }
    expect(db.prepare('pragma foreign_key_check').all()).toEqual([]);
    expect(placesOf(db, 'bob')).toEqual(['accounts.username']);
    db.close();
  });
});
