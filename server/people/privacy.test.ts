import { afterEach, describe, expect, it } from 'vitest';
import type { Config } from '../config.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';

let server: TestServer;
afterEach(() => server.stop());

const RELAY: Partial<Config> = { turn: { urls: ['turn:turn.example'], secret: 'secret' } };

describe('hiding one’s address', () => {
  it('holds on all devices, and is nobody else’s business', async () => {
    server = await startTestServer({ config: RELAY });
    const [first, second, other] = [
      await server.phone(await server.signUp('ada')),
      await server.phone(await server.signIn('ada')),
      await server.phone(await server.signUp('bob')),
    ];
    expect(first.all('session:ready')[0]?.privacy).toEqual({ hideAddress: false, relay: 'available' });
    const hidden = { hideAddress: true, relay: 'available' };
    const before = other.heard.length;
    for (let times = 0; times < 2; times += 1) {
      expect(await first.request('privacy:set', { hideAddress: true })).toEqual({ ok: true, ...hidden });
    }
    expect(await second.next('privacy:own')).toEqual(hidden);
    expect(first.all('privacy:own')).toEqual([]);
    expect((await server.phone(await server.signIn('ada'))).all('session:ready')[0]?.privacy).toEqual(hidden);
    expect(other.heard).toHaveLength(before);
    await second.request('privacy:set', { hideAddress: false });
    expect(await first.next('privacy:own')).toEqual({ hideAddress: false, relay: 'available' });
  });

  it('cannot be had where there is no relay, and can always be taken back', async () => {
    server = await startTestServer();
    const ada = await server.signUp('ada');
    const phone = await server.phone(ada);
    expect(await phone.request('privacy:set', { hideAddress: true })).toEqual({
      ok: false,
      code: 'not-allowed',
    });
    // Chosen while the server had a relay.
    await server.store.privacy.hideAddress(ada.account.userId, true);
    const [ready] = (await server.phone(await server.signIn('ada'))).all('session:ready');
    expect(ready?.privacy).toEqual({ hideAddress: true, relay: 'none' });
    expect(await phone.request('privacy:set', { hideAddress: false })).toEqual({
      ok: true,
      hideAddress: false,
      relay: 'none',
    });
  });

  it('is everybody’s where the operator says so', async () => {
    server = await startTestServer({ config: { ...RELAY, hideAddresses: 'always' } });
    const phone = await server.phone(await server.signUp('ada'));
    expect(phone.all('session:ready')[0]?.privacy).toEqual({ hideAddress: false, relay: 'always' });
  });
});
