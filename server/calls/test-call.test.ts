import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testSdp } from '../../testkit/server/descriptions.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

describe('a call to oneself', () => {
  it('comes back to the phone that sent it, and to no other', async () => {
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const phone = await server.phone(ada);
    const others = [await server.phone(await server.signIn('ada')), await server.phone(bob)];
    const step = { kind: 'offer', offer: testSdp() } as const;
    expect(await phone.raw('call:test', step)).toEqual({ ok: true, iceServers: [] });
    expect(await phone.next('call:test')).toEqual(step);
    // Each answer comes after everything that was sent on that connection before it.
    for (const other of others) {
      expect(await other.raw('presence:set', { status: 'away' })).toMatchObject({ ok: true });
      expect(other.all('call:test')).toEqual([]);
      expect(other.all('call:incoming')).toEqual([]);
    }
    for (const other of others)
      expect(other.all('presence:changed').map(({ status }) => status)).not.toContain('in-call');
  });

  it('locks nobody: a real call goes through beside it', async () => {
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [phone, other] = [await server.phone(ada), await server.phone(bob)];
    await phone.raw('call:test', { kind: 'offer', offer: testSdp() });
    const invite = {
      callId: crypto.randomUUID(),
      to: ada.account.userId,
      media: 'audio',
      offer: testSdp(),
    } as const;
    expect(await other.raw('call:invite', invite)).toMatchObject({ ok: true });
    expect(await phone.next('call:incoming')).toMatchObject({ callId: invite.callId });
  });

  it('takes what a call could consist of, and nothing else', async () => {
    const phone = await server.phone(await server.signUp('ada'));
    for (const step of [
      { kind: 'offer', offer: 'v=0' },
      { kind: 'text', text: 'hello' },
    ]) {
      expect(await phone.raw('call:test', step)).toEqual({ ok: false, code: 'bad-request' });
    }
    expect(phone.all('call:test')).toEqual([]);
  });
});
