import { afterEach, describe, expect, it } from 'vitest';
import { createFakeClock } from '../../../testkit/server/fake-clock.ts';
import { settle } from '../../../testkit/server/settle.ts';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';

let server: TestServer;
afterEach(() => server.stop());

const clock = createFakeClock();
/** One's own presence, as it is at first. */
const FIRST = { status: 'available', until: null, text: null, lastSeenShown: false } as const;
describe('presence over sockets', () => {
  it('tells a phone at once who is there, and then only what changes', async () => {
    server = await startTestServer({ clock });
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const bobsPhone = await server.phone(bob);
    const adasPhone = await server.phone(ada);
    const [ready] = adasPhone.all('session:ready');
    expect(ready?.contacts).toEqual([
      {
        userId: bob.account.userId,
        username: 'bob',
        displayName: 'Bob',
        status: 'available',
        v: clock.now(),
        favourite: false,
        ringsThrough: false,
      },
    ]);
    expect(ready).toMatchObject({ account: ada.account, presence: FIRST, ringing: [], iceServers: [] });
    expect(await bobsPhone.next('presence:changed')).toMatchObject({
      userId: ada.account.userId,
      status: 'available',
    });
    expect(bobsPhone.violations).toEqual([]);
  });

  it('sends a first change at once and merges those that follow within 250 ms', async () => {
    server = await startTestServer({ clock });
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const bobsPhone = await server.phone(bob);
    const adasPhone = await server.phone(ada);
    await bobsPhone.next('presence:changed');
    clock.advance(250);
    for (const status of ['away', 'do-not-disturb', 'available', 'do-not-disturb'] as const) {
      expect(await adasPhone.request('presence:set', { status })).toEqual({ ok: true, ...FIRST, status });
    }
    await settle();
    const heard = () => bobsPhone.all('presence:changed').map(({ status }) => status);
    expect(heard()).toEqual(['available', 'away']);
    clock.advance(250);
    await settle();
    expect(heard()).toEqual(['available', 'away', 'do-not-disturb']);
    const versions = bobsPhone.all('presence:changed').map(({ v }) => v);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });

  it('shows a person whose phone vanished for ten more seconds, and not at all after sign-out', async () => {
    server = await startTestServer({ clock });
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const bobsPhone = await server.phone(bob);
    const adasPhone = await server.phone(ada);
    clock.advance(250);
    adasPhone.cut();
    await settle();
    clock.advance(9_999);
    await settle();
    expect(bobsPhone.all('presence:changed')).toHaveLength(1);
    clock.advance(1);
    await settle();
    expect(bobsPhone.all('presence:changed').at(-1)).toMatchObject({ status: 'offline' });

    await server.phone(ada, { instanceId: adasPhone.instanceId });
    // The time in which changes are merged ends, after the change before and after this one.
    clock.advance(250);
    await settle();
    clock.advance(250);
    await settle();
    await server.signOut(ada);
    await settle();
    expect(bobsPhone.all('presence:changed').map(({ status }) => status)).toEqual([
      'available',
      'offline',
      'available',
      'offline',
    ]);
  });

  it('does not notice a phone that comes back within the grace', async () => {
    server = await startTestServer({ clock });
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const bobsPhone = await server.phone(bob);
    const adasPhone = await server.phone(ada);
    clock.advance(250);
    adasPhone.cut();
    await settle();
    clock.advance(5000);
    await server.phone(ada, { instanceId: adasPhone.instanceId });
    clock.advance(60_000);
    await settle();
    expect(bobsPhone.all('presence:changed')).toHaveLength(1);
  });

  it('keeps a person who appears offline hidden, also through new connections, and stores the choice', async () => {
    server = await startTestServer({ clock });
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const bobsPhone = await server.phone(bob);
    const adasPhone = await server.phone(ada);
    clock.advance(250);
    await adasPhone.request('presence:set', { status: 'appear-offline' });
    expect(await bobsPhone.next('presence:changed', ({ status }) => status === 'offline')).toBeDefined();
    const before = bobsPhone.heard.length;
    const second = await server.phone(await server.signIn('ada'));
    expect(second.all('session:ready')[0]?.presence.status).toBe('appear-offline');
    clock.advance(60_000);
    await settle();
    expect(bobsPhone.heard).toHaveLength(before);
    expect((await server.store.accounts.byUsername('ada'))?.chosenStatus).toBe('appear-offline');
  });

  it("tells a person's other phones what was chosen, and not the one that chose", async () => {
    server = await startTestServer({ clock });
    const ada = await server.signUp('ada');
    const [first, second] = [await server.phone(ada), await server.phone(await server.signIn('ada'))];
    await first.request('presence:set', { status: 'do-not-disturb' });
    expect(await second.next('presence:own')).toEqual({ ...FIRST, status: 'do-not-disturb' });
    expect(first.all('presence:own')).toEqual([]);
  });

  it('shows a new account to those who are there, and its presence after', async () => {
    server = await startTestServer({ clock });
    const phone = await server.phone(await server.signUp('ada'));
    const bob = await server.signUp('bob');
    expect(await phone.next('contact:changed')).toEqual({
      userId: bob.account.userId,
      username: 'bob',
      displayName: 'Bob',
      status: 'offline',
      v: 0,
    });
    await server.phone(bob);
    expect(await phone.next('presence:changed')).toMatchObject({ status: 'available' });
  });
});
