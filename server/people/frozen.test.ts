import { describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { testDatabase } from '../../testkit/server/test-database.ts';

const idOf = (who: SignedIn): string => who.account.userId;
const rename = (server: TestServer, who: SignedIn, displayName: string): Promise<Response> =>
  fetch(`${server.url}/api/v1/accounts/current`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ displayName }),
  });
const listOf = async (server: TestServer, who: SignedIn) => {
  const phone = await server.phone(who);
  return { phone, contacts: phone.all('session:ready')[0]?.contacts ?? [] };
};

describe('what somebody who is blocked is shown', () => {
  it('outlives a restart and the end of the block, until the other is there', async () => {
    const [database, clock] = [await testDatabase(), createFakeClock()];
    const first = await startTestServer({ database, clock });
    const [ada, bob] = [await first.signUp('ada'), await first.signUp('bob')];
    const adas = await first.phone(ada);
    await adas.request('presence:last-seen', { shown: true });
    clock.advance(1000);
    const lastSeen = clock.now();
    await adas.request('contact:block', { userId: idOf(bob) });
    clock.advance(60_000);
    await rename(first, ada, 'Countess');
    await first.stop();

    await using second = await startTestServer({ database, clock });
    const frozen = { displayName: 'Ada', status: 'offline', lastSeen };
    expect((await listOf(second, bob)).contacts).toMatchObject([frozen]);
    const again = await second.phone(ada);
    clock.advance(1000);
    await again.request('presence:set', { status: 'appear-offline' });
    await again.request('contact:unblock', { userId: idOf(bob) });
    const { phone, contacts } = await listOf(second, await second.signIn('bob'));
    expect(contacts).toMatchObject([frozen]);
    expect(phone.all('presence:changed')).toEqual([]);
    clock.advance(1000);
    await again.request('presence:set', { status: 'available' });
    expect(await phone.next('presence:changed')).toMatchObject({ status: 'available' });
    expect(await phone.next('contact:changed')).toMatchObject({ displayName: 'Countess' });
  });

  it('is what it was when everybody became a contact, of a stranger who had blocked them', async () => {
    const [database, clock] = [await testDatabase(), createFakeClock()];
    const first = await startTestServer({ database, clock, config: { directory: 'contacts' } });
    const [ada, bob] = [await first.signUp('ada'), await first.signUp('bob')];
    await (await first.phone(ada)).request('contact:block', { userId: idOf(bob) });
    await first.stop();

    await using second = await startTestServer({ database, clock, config: { directory: 'everyone' } });
    await second.phone(ada);
    await rename(second, ada, 'Countess');
    expect((await listOf(second, bob)).contacts).toMatchObject([{ displayName: 'Ada', status: 'offline' }]);
  });
});
