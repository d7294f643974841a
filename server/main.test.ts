import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readVersion } from './version.ts';
import { portOf, run, started } from '../testkit/server/server-process.ts';
import { createTestPeople } from '../testkit/server/test-people.ts';
import { temporaryFolder } from '../testkit/server/temporary-folder.ts';
import { until } from '../testkit/server/until.ts';

describe('the server as a process', () => {
  it('says what to do next, and keeps logs apart from it', async () => {
    const running = run(temporaryFolder(), {});
    await started(running);
    const { out, err } = running.output();
    expect(out).toContain('chrome://extensions');
    expect(out).toMatch(/address: http:\/\/127\.0\.0\.1:\d+\n/);
    for (const line of err.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ level: 30 });
  });

  it('stops cleanly on SIGTERM: phones are told and can come back, and the exit code is 0', async () => {
    const folder = temporaryFolder();
    const first = run(folder, {});
    await started(first);
    const people = createTestPeople(`http://127.0.0.1:${portOf(first)}`);
    const ada = await people.signUp('ada');
    const phone = await people.phone(ada);
    const closed = phone.closed();
    const before = Date.now();
    first.process.kill('SIGTERM');
    expect((await phone.next('server:draining')).reconnectIn).toBeGreaterThan(0);
    expect(await closed).toBe('transport close');
    expect(await first.exit).toBe(0);
    expect(Date.now() - before).toBeLessThan(4000);

    const second = run(folder, {});
    await started(second);
    const again = createTestPeople(`http://127.0.0.1:${portOf(second)}`);
    expect((await again.phone(ada)).all('session:ready')[0]?.account).toEqual(ada.account);
    again.close();
  });

  it('says that nobody can sign up yet when it is open to others', async () => {
    const running = run(temporaryFolder(), { HOST: '0.0.0.0' });
    await started(running);
    expect(running.output().out).toContain('REGISTRATION is invite');
    expect(running.output().out).toContain('STUN_URLS is not set');
  });

  it('names a setting that is nearly another’s name, and runs on while the provider cannot be reached', async () => {
    const env = { PROT: '3000', OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'quick-call' };
    const running = run(temporaryFolder(), env);
    const address = await started(running);
    expect(running.output().out).toMatch(/^PROT is not a setting, and is ignored\. Did you mean PORT\?\n/);
    const told = () =>
      running
        .output()
        .err.split('\n')
        .filter((line) => line.includes('OIDC_ISSUER cannot be reached'));
    await until('the log tells of the provider', () => told().length > 0);
    const ready = await fetch(`${address}/readyz`);
    const checks = { database: true, provider: false };
    expect([ready.status, await ready.json()]).toEqual([200, { ok: true, draining: false, checks }]);
    expect(told()).toHaveLength(1);
  });

  it.each([
    ['PORT', { PORT: 'eighty' }],
    ['REDIS_URL', { REDIS_URL: 'http://localhost' }],
    ['REDIS_URL', { REDIS_URL: 'redis://127.0.0.1:1' }],
    ['DATABASE_URL', { DATABASE_URL: 'sqlite:/proc/quick-call/x.db' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://quick:secret@127.0.0.1:1/quick' }],
    ['HOST', { HOST: '203.0.113.7' }],
  ])('ends with one line that names %s when it is wrong', async (name, env) => {
    const running = run(temporaryFolder(), env);
    expect(await running.exit).toBe(1);
    expect(running.output().out).toBe('');
    expect(running.output().err).toMatch(new RegExp(`^quick-call: ${name}\\b[^\n]*\n$`));
    expect(running.output().err).not.toContain('secret');
  });

  it('ends with one line when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const running = run(temporaryFolder(), { PORT: port });
    expect(await running.exit).toBe(1);
    expect(running.output().err).toBe(`quick-call: PORT: ${port} is taken by another program\n`);
  });

  it('ends with one line when the data folder cannot be written', async () => {
    const folder = temporaryFolder();
    // A file in the folder's place: root may write into a folder that forbids it.
    writeFileSync(join(folder, 'data'), '');
    const running = run(folder, {});
    expect(await running.exit).toBe(1);
    expect(running.output().err).toMatch(/^quick-call: DATABASE_URL: cannot write [^\n]+\n$/);
  });

  it('ends and logs when something fails that nobody catches', async () => {
    const surprise = 'process.on("SIGUSR2", () => void Promise.reject(new Error("surprise")))';
    const running = run(temporaryFolder(), {}, [
      '--import',
      `data:text/javascript,${encodeURIComponent(surprise)}`,
    ]);
    await started(running);
    running.process.kill('SIGUSR2');
    expect(await running.exit).toBe(1);
    expect(running.output().err).toContain('"msg":"unforeseen error"');
  });

  it('knows its version', () => {
    expect(readVersion()).toMatch(/^\d+\.\d+\.\d+/);
  });
});
