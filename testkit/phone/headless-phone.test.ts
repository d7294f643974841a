import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';
import { startHeadlessPhone, type HeadlessPhone, type Kept } from './headless-phone.ts';
import { isOnline, startNewcomer } from './start-newcomer.ts';

let server: TestServer;
const phones: HeadlessPhone[] = [];
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.commands['sign-out']({});
  await server.stop();
});

const open = (kept?: Kept): HeadlessPhone => {
  const phone = startHeadlessPhone(kept);
  phones.push(phone);
  return phone;
};

const newcomer = async (username: string, kept?: Kept): Promise<HeadlessPhone> => {
  const phone = await startNewcomer(server.url, username, kept);
  phones.push(phone);
  return phone;
};

const namesAt = ({ snapshots }: HeadlessPhone): string[] =>
  snapshots.current.contacts.map(({ displayName, status }) => `${displayName} ${status}`);

const idOf = ({ snapshots: { current } }: HeadlessPhone, name: string): string =>
  current.contacts.find(({ displayName }) => displayName === name)?.userId ?? '';

it('signs in, and shows who is there and how that changes', async () => {
  const ada = await newcomer('ada');
  const bob = await newcomer('bob');
  await vi.waitFor(() => {
    expect(namesAt(ada)).toEqual(['BOB available']);
  });
  expect(namesAt(bob)).toEqual(['ADA available']);
  await bob.commands['set-status']({ status: 'do-not-disturb' });
  await vi.waitFor(() => {
    expect(namesAt(ada)).toEqual(['BOB do-not-disturb']);
  });
  expect(ada.askedOfWorker).toContain('show');
});

it('brings a message from one conversation into the other', async () => {
  const [ada, bob] = [await newcomer('ada'), await newcomer('bob')];
  await vi.waitFor(() => {
    expect(namesAt(ada)).toHaveLength(1);
  });
  const userId = idOf(ada, 'BOB');
  expect(await ada.commands['send-message']({ userId, text: 'Lunch?' })).toEqual({ ok: true });
  await vi.waitFor(() => {
    expect(bob.snapshots.current.unread).toMatchObject([{ userId: idOf(bob, 'ADA'), count: 1 }]);
  });
});

it('works where a proxy publishes the server under a path', async () => {
  await using under = await startTestServer({ config: { publicPath: '/tools/call' } });
  const phone = await startNewcomer(`${under.url}/tools/call/`, 'ada');
  expect(phone.snapshots.current.session).toMatchObject({ serverUrl: `${under.url}/tools/call` });
  expect(await phone.commands['make-invite']({})).toMatchObject({ ok: false, code: 'not-allowed' });
  await phone.commands['sign-out']({});
});

it('announces a message with a sound, unless that is turned off', async () => {
  const [ada, bob, cyd] = [await newcomer('ada'), await newcomer('bob'), await newcomer('cyd')];
  await vi.waitFor(() => {
    expect(namesAt(ada)).toHaveLength(2);
  });
  await cyd.commands['change-settings']({ messageSound: false });
  for (const name of ['BOB', 'CYD']) {
    await ada.commands['send-message']({ userId: idOf(ada, name), text: 'Lunch?' });
  }
  await vi.waitFor(() => {
    expect([bob, cyd].map(({ snapshots }) => snapshots.current.announced.length)).toEqual([1, 1]);
  }, 5_000);
  expect([bob.sounded, cyd.sounded]).toEqual([['message'], []]);
});

it('signs in again after a restart, and shows nothing of the person after sign-out', async () => {
  const kept: Kept = new Map();
  const before = await newcomer('ada', kept);
  await newcomer('bob');
  before[Symbol.dispose]();
  const after = open(kept);
  await isOnline(after);
  await vi.waitFor(() => {
    expect(namesAt(after)).toEqual(['BOB available']);
  });
  await after.commands['sign-out']({});
  expect(after.snapshots.current).toMatchObject({
    session: { kind: 'signed-out', problem: null },
    contacts: [],
  });
  expect([...kept.values()].some((value) => JSON.stringify(value).includes('token'))).toBe(false);
});

it('answers every request to the server with the same code while nobody is signed in', async () => {
  const { commands } = open();
  const code = 'signed-out';
  expect(await commands['list-devices']({})).toEqual({ ok: false, code });
  expect(await commands['see-history']({})).toEqual({ ok: false, code });
  expect(await commands['make-invite']({})).toEqual({ ok: false, code });
  expect(await commands['search-messages']({ query: 'lunch' })).toEqual({ ok: false, code });
});
