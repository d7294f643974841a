import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testSdp } from '../../../testkit/server/descriptions.ts';
import { startTestServer } from '../../../testkit/server/start-test-server.ts';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { until } from '../../../testkit/server/until.ts';

/** The longest that the event loop stood still, in milliseconds, while `work` went on. */
const stoodStill = async (work: () => Promise<void>): Promise<number> => {
  let [last, longest] = [performance.now(), 0];
  const note = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const ticking = setInterval(note, 5);
  await work();
  clearInterval(ticking);
  note();
  return longest;
};

/** Another process that holds the file until it is ended, as a shell that was left open does. */
const holdElsewhere = async (file: string): Promise<() => Promise<void>> => {
  const script = `
    const { DatabaseSync } = require('node:sqlite');
    new DatabaseSync(process.argv[1]).exec('begin exclusive');
    process.stdout.write('held');
    process.stdin.resume();`;
  const holder = spawn(process.execPath, ['-e', script, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  return async () => {
    holder.stdin.end();
    await once(holder, 'exit');
  };
};

it('goes on with all that needs no disk while another process holds the file, and keeps what was written meanwhile', async () => {
  const file = join(temporaryFolder(), 'quick-call.db');
  await using server = await startTestServer({ database: { kind: 'sqlite', file } });
  const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
  const [phone, other] = [await server.phone(ada), await server.phone(bob)];
  const to = bob.account.userId;
  const send = (id: string, text: string) => phone.raw('message:send', { id, to, text });
  const [held, later] = [randomUUID(), randomUUID()];
  const status = async (path: string): Promise<number> => (await fetch(`${server.url}${path}`)).status;

  const release = await holdElsewhere(file);
  const callId = randomUUID();
  const longest = await stoodStill(async () => {
    const refused = send(held, 'one');
    // Reads, the health check and a call do not wait for the message that does.
    expect(await phone.raw('message:page', { userId: to })).toMatchObject({ ok: true, messages: [] });
    expect(await status('/healthz')).toBe(200);
    const rings = other.next('call:incoming');
    const invited = phone.raw('call:invite', { callId, to, media: 'audio', offer: testSdp() });
    expect(await rings).toMatchObject({ callId });
    expect(await invited).toMatchObject({ ok: true });
    expect(await other.raw('call:accept', { callId, answer: testSdp() })).toMatchObject({ ok: true });
    expect(await phone.raw('call:end', { callId })).toMatchObject({ ok: true });
    expect(await refused).toEqual({ ok: false, code: 'unavailable' });
    expect(await status('/readyz')).toBe(503);
  });
  // A phone in a call takes a connection for dead that is silent for 2.5 s.
  expect(longest).toBeLessThan(2500);
  expect([phone.socket.connected, other.socket.connected]).toEqual([true, true]);

  await release();
  expect(await send(held, 'one')).toMatchObject({ ok: true });
  expect(await send(later, 'two')).toMatchObject({ ok: true });
  const { items } = await server.store.messages.page(to, ada.account.userId, { limit: 9 });
  expect(items.map(({ text }) => text)).toEqual(['one', 'two']);
  // The call is on record, though it went by while nothing could be written.
  await until('a record', async () =>
    (await server.store.calls.recent(0)).some((record) => record.callId === callId),
  );
  await until('readiness', async () => (await status('/readyz')) === 200);
  const said = (message: string) => server.logged.filter((line) => line.includes(message)).length;
  expect(said('another process holds the database')).toBe(1);
  expect(said('the database can be written again')).toBe(1);
  expect(said('cannot rollback')).toBe(0);
});
