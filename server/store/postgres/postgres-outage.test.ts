import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testSdp } from '../../../testkit/server/descriptions.ts';
import { startPostgres, type TestPostgres } from '../../../testkit/server/start-postgres.ts';
import { startTestServer } from '../../../testkit/server/start-test-server.ts';
import { TEST_PASSWORD } from '../../../testkit/server/test-people.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { testAccount } from '../../../testkit/server/contract-people.ts';

const DATABASE = 'quick';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
  await postgres.createDatabase(DATABASE);
});
afterAll(() => postgres.stop());

it('refuses everything with unavailable while its PostgreSQL is dead, and recovers by itself', async () => {
  await using server = await startTestServer({ database: { kind: 'postgres', url: postgres.url(DATABASE) } });
  const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
  const [phone, other] = [await server.phone(ada), await server.phone(bob)];
  const to = bob.account.userId;
  const send = (text: string) => phone.raw('message:send', { id: randomUUID(), to, text });
  const status = async (path: string): Promise<number> => (await fetch(`${server.url}${path}`)).status;
  const signIn = () =>
    fetch(`${server.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'ada', password: TEST_PASSWORD }),
    });
  expect(await send('before')).toMatchObject({ ok: true });

  await postgres.kill();
  for (const [event, payload] of [
    ['message:send', { id: randomUUID(), to, text: 'lost' }],
    ['message:page', { userId: to }],
    ['presence:text', { text: 'away' }],
    ['contact:mark', { userId: to, favourite: true, ringsThrough: false }],
    ['history:page', { limit: 9 }],
    ['device:list', {}],
    ['call:invite', { callId: randomUUID(), to, media: 'audio', offer: testSdp() }],
  ] as const) {
    expect([event, await phone.raw(event, payload)]).toEqual([event, { ok: false, code: 'unavailable' }]);
  }
  const refused = await signIn();
  expect([refused.status, await refused.json()]).toEqual([503, { code: 'unavailable' }]);
  expect(refused.headers.get('retry-after')).not.toBeNull();
  expect([await status('/readyz'), await status('/healthz')]).toEqual([503, 200]);
  expect([phone.socket.connected, other.socket.connected]).toEqual([true, true]);

  await postgres.start();
  expect(await send('after')).toMatchObject({ ok: true });
  expect((await signIn()).status).toBe(201);
  expect(await status('/readyz')).toBe(200);
  const { items } = await server.store.messages.page(to, ada.account.userId, { limit: 9 });
  expect(items.map(({ text }) => text)).toEqual(['before', 'after']);

  const said = (message: string) => server.logged.filter((line) => line.includes(message)).length;
  expect(said('the database cannot be reached')).toBe(1);
  expect(said('the database answers again')).toBe(1);
  expect(said('what the operator did could not be followed')).toBeLessThanOrEqual(1);
});

it('keeps nothing of a transaction during which PostgreSQL dies, and everything that was acknowledged', async () => {
  await postgres.createDatabase('work');
  const store = await openPostgresStore(postgres.url('work'));
  const [kept, lost] = [testAccount('kept'), testAccount('lost')];
  expect(await store.accounts.create(kept)).toBe(true);
  const work = store.atomically(async ({ accounts }) => {
    await accounts.create(lost);
    await postgres.kill();
    await accounts.rename(lost.userId, 'Lost');
  });
  await expect(work).rejects.toMatchObject({ name: 'Refused', code: 'unavailable' });
  await postgres.start();
  expect(await store.accounts.byId(kept.userId)).toEqual(kept);
  expect(await store.accounts.byId(lost.userId)).toBeNull();
  await store.close();
});
