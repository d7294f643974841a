import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from './log.ts';
import { testCandidate, testSdp } from '../testkit/server/descriptions.ts';
import { startTestServer, type TestServer } from '../testkit/server/start-test-server.ts';
import { TEST_PASSWORD } from '../testkit/server/test-people.ts';

let server: TestServer;
afterEach(() => server.stop());

/** One of each kind of traffic, with failures, on a server that logs all it can. */
const makeTraffic = async (): Promise<string[]> => {
  const ada = await server.signUp('ada.lovelace');
  const bob = await server.signUp('bob.builder');
  await expect(server.signUp('ada.lovelace')).rejects.toThrow('username-taken');
  await fetch(`${server.url}/api/v1/sessions?token=${ada.token}`, {
    headers: { cookie: `token=${ada.token}` },
  });
  await fetch(`${server.url}/api/v1/sessions/current`, { headers: { authorization: `Bearer ${ada.token}` } });
  const [adas, bobs] = [await server.phone(ada), await server.phone(bob)];
  const callId = randomUUID();
  const [offer, answer] = [testSdp('secret-offer'), testSdp('secret-answer')];
  await adas.request('call:invite', { callId, to: bob.account.userId, media: 'video', offer });
  await bobs.next('call:incoming');
  const candidates = [{ candidate: testCandidate('198.51.100.23'), sdpMid: '0', sdpMLineIndex: 0 }];
  const signal = { kind: 'candidates', seq: 0, ufrag: 'abcd', candidates } as const;
  await adas.request('call:signal', { callId, signal });
  await bobs.request('call:accept', { callId, answer });
  await adas.raw('call:signal', { callId, signal: { ...signal, ufrag: '!' }, password: TEST_PASSWORD });
  await adas.request('call:end', { callId });
  await server.signOut(bob);
  await server.dial({ token: bob.token }).refused();
  return [ada.token, bob.token, ada.account.displayName, bob.account.displayName];
};

describe('what is logged', () => {
  it('holds no name, address, token, password or description', async () => {
    server = await startTestServer();
    const secrets = await makeTraffic();
    const { passwordHash = '' } = (await server.store.accounts.byUsername('ada.lovelace')) ?? {};
    await server.stop();
    const log = server.logged.join('');
    expect(server.logged.length).toBeGreaterThan(5);
    for (const secret of [
      ...secrets,
      passwordHash,
      TEST_PASSWORD,
      'ada.lovelace',
      'bob.builder',
      'secret-offer',
      'secret-answer',
      'm=audio',
      'candidate:',
      '198.51.100.23',
      '127.0.0.1',
      'Bearer',
    ]) {
      expect(log).not.toContain(secret);
    }
  });

  it('leaves out what should never have been handed to it', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    log.info({
      password: 'p4ss',
      payload: { token: 't0ken', offer: 'v=0' },
      a: { b: { sdp: 'v=0', username: 'ada' } },
    });
    const text = lines.join('');
    for (const secret of ['p4ss', 't0ken', 'v=0', 'ada']) expect(text).not.toContain(secret);
    expect(text).toContain('[redacted]');
  });
});
