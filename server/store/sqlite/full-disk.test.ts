import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testSdp } from '../../../testkit/server/descriptions.ts';
import { startTestServer } from '../../../testkit/server/start-test-server.ts';
import { TEST_PASSWORD } from '../../../testkit/server/test-people.ts';
import { until } from '../../../testkit/server/until.ts';

// A file system of its own, which only root can mount.
const canMount = process.getuid?.() === 0 && process.platform === 'linux';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quick-call-'));
  if (canMount) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder]);
});
afterAll(() => {
  if (canMount) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true });
});

it.runIf(canMount)(
  'says that the disk is full, loses nothing it has acknowledged, and lets calls go on',
  async () => {
    const file = join(folder, 'quick-call.db');
    await using server = await startTestServer({ database: { kind: 'sqlite', file } });
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [phone, other] = [await server.phone(ada), await server.phone(bob)];
    const to = bob.account.userId;
    const ready = async () => {
      const response = await fetch(`${server.url}/readyz`);
      return [response.status, await response.json()] as const;
    };
    expect((await ready())[0]).toBe(200);

    const ballast = join(folder, 'ballast');
    try {
      writeFileSync(ballast, Buffer.alloc(64 * 1024 * 1024));
    } catch {
      // As far as it went.
    }
    const kept: string[] = [];
    let refused: unknown = null;
    const send = async (text: string): Promise<void> => {
      const answer = await phone.request('message:send', { id: randomUUID(), to, text });
      if (answer.ok) kept.push(text);
      else refused = answer;
    };
    for (let n = 0; refused === null && n < 2000; n += 1) {
      await send(`${String(n)} ${'x'.repeat(1500)}`);
    }
    expect(refused).toEqual({ ok: false, code: 'storage-full' });
    expect(await ready()).toEqual([
      503,
      { ok: false, draining: false, checks: { database: false }, why: { database: 'storage-full' } },
    ]);
    const signIn = await fetch(`${server.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'ada', password: TEST_PASSWORD }),
    });
    expect([signIn.status, await signIn.json()]).toEqual([507, { code: 'storage-full' }]);

    const callId = randomUUID();
    const rings = other.next('call:incoming');
    expect(await phone.raw('call:invite', { callId, to, media: 'audio', offer: testSdp() })).toMatchObject({
      ok: true,
    });
    expect(await rings).toMatchObject({ callId });
    expect(await other.raw('call:accept', { callId, answer: testSdp() })).toMatchObject({ ok: true });
    expect(await phone.raw('call:end', { callId })).toMatchObject({ ok: true });

    rmSync(ballast);
    await until('readiness', async () => (await ready())[0] === 200);
    await until('a record', async () =>
      (await server.store.calls.recent(0)).some((each) => each.callId === callId),
    );
    const { items } = await server.store.messages.page(to, ada.account.userId, { limit: 5000 });
    const stored = items.map(({ text }) => text);
    expect(stored).toEqual(kept);
    const said = (message: string) => server.logged.filter((line) => line.includes(message)).length;
    expect(said('the disk is full')).toBe(1);
    expect(said('the database can be written again')).toBe(1);
    expect(said('cannot rollback')).toBe(0);
  },
);
