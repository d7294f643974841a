import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CallView } from '../../extension/ipc/snapshot.ts';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';
import { until } from '../server/until.ts';
import type { HeadlessPhone } from './headless-phone.ts';
import { provideWebRtc, type NodeWebRtc } from './node-webrtc.ts';
import { isOnline, startNewcomer } from './start-newcomer.ts';

let webRtc: NodeWebRtc;
let server: TestServer;
const sockets = new Set<Socket>();
const phones: HeadlessPhone[] = [];
beforeAll(() => {
  webRtc = provideWebRtc();
});
afterAll(() => {
  webRtc[Symbol.dispose]();
});
beforeEach(async () => {
  server = await startTestServer();
  server.app.http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
});
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.commands['sign-out']({});
  await server.stop();
  await until('nothing is held', () => Object.values(webRtc.held()).every((count) => count === 0), 5_000);
});

/** People who all see each other, with a microphone and a camera each. */
const meet = async <Name extends string>(...names: Name[]): Promise<Record<Name, HeadlessPhone>> => {
  const people = await Promise.all(
    names.map(
      async (name) => [name, await startNewcomer(server.url, name, new Map(), webRtc.parts)] as const,
    ),
  );
  phones.push(...people.map(([, phone]) => phone));
  const all = phones.map(({ snapshots }) => snapshots);
  await until('all see each other', () =>
    all.every(
      ({ current }) =>
        current.contacts.filter(({ status }) => status === 'available').length === all.length - 1,
    ),
  );
  // Object.fromEntries forgets the names.
  return Object.fromEntries(people) as Record<Name, HeadlessPhone>;
};

const callOf = ({ snapshots }: HeadlessPhone): CallView | null => snapshots.current.call;
const phaseOf = (phone: HeadlessPhone): string => {
  const phase = callOf(phone)?.phase;
  return phase?.kind === 'ended' ? `ended ${phase.reason}` : (phase?.kind ?? 'none');
};
const is = (phone: HeadlessPhone, phase: string): Promise<void> =>
  until(phase, () => phaseOf(phone) === phase);
const rings = (phone: HeadlessPhone, count = 1): Promise<void> =>
  until('it rings', () => phone.snapshots.current.incoming.length === count);

const dial = (from: HeadlessPhone, name: string, media: 'audio' | 'video' = 'audio') => {
  const contact = from.snapshots.current.contacts.find(
    ({ displayName }) => displayName === name.toUpperCase(),
  );
  return from.commands.dial({ userId: contact?.userId ?? '', media });
};

const connect = async (caller: HeadlessPhone, callee: HeadlessPhone, name: string): Promise<void> => {
  expect(await dial(caller, name, 'video')).toEqual({ ok: true });
  await rings(callee);
  expect(await callee.commands.accept({})).toEqual({ ok: true });
  await Promise.all([is(caller, 'active'), is(callee, 'active')]);
};

it('rings, connects, tells of a muted microphone and ends at both', async () => {
  const { ada, bob } = await meet('ada', 'bob');
  await dial(ada, 'bob', 'video');
  await Promise.all([rings(bob), is(ada, 'ringing-out')]);
  expect(bob.snapshots.current.incoming).toMatchObject([{ from: { displayName: 'ADA' }, media: 'video' }]);
  await bob.commands.accept({});
  await Promise.all([is(ada, 'active'), is(bob, 'active')]);
  expect(bob.snapshots.current.incoming).toEqual([]);
  await until('both send all', () =>
    [ada, bob].every(
      (phone) => callOf(phone)?.remote?.microphone === true && callOf(phone)?.remote?.camera === true,
    ),
  );
  expect(callOf(ada)).toMatchObject({
    direction: 'outgoing',
    microphone: { kind: 'on' },
    camera: { kind: 'on' },
  });
  expect(webRtc.held()).toEqual({ connections: 2, tracks: 4 });

  await bob.commands['set-microphone']({ on: false });
  await until('muted', () => callOf(ada)?.remote?.microphone === false);
  expect(callOf(bob)?.microphone).toEqual({ kind: 'off' });
  await bob.commands['toggle-microphone']({});
  await until('heard again', () => callOf(ada)?.remote?.microphone === true);
  await ada.commands['set-camera']({ on: false });
  await until('dark', () => callOf(bob)?.remote?.camera === false);

  expect(await ada.commands['hang-up']({})).toEqual({ ok: true });
  await Promise.all([is(ada, 'ended hung-up'), is(bob, 'ended hung-up')]);
  expect(webRtc.held()).toEqual({ connections: 0, tracks: 0 });
  expect([ada.sounded, bob.sounded]).toEqual([
    ['stop', 'ring-back', 'stop', 'ended'],
    ['stop', 'ring', 'stop', 'ended'],
  ]);
  expect(await ada.commands['hang-up']({})).toEqual({ ok: false, code: 'unknown-call' });
  await ada.commands.dismiss({ callId: callOf(ada)?.callId ?? '' });
  expect(phaseOf(ada)).toBe('none');
});

it('says that it was declined', async () => {
  const { ada, bob } = await meet('ada', 'bob');
  await dial(ada, 'bob');
  await rings(bob);
  expect(await bob.commands.decline({})).toEqual({ ok: true });
  await is(ada, 'ended declined');
  expect([phaseOf(bob), bob.snapshots.current.incoming]).toEqual(['none', []]);
});

it('stops ringing when the caller gives up', async () => {
  const { ada, bob } = await meet('ada', 'bob');
  await dial(ada, 'bob');
  await rings(bob);
  await ada.commands['hang-up']({});
  await Promise.all([is(ada, 'ended cancelled'), rings(bob, 0)]);
  expect(await bob.commands.accept({})).toEqual({ ok: false, code: 'unknown-call' });
});

it('says that somebody is in another call, and has one call at a time', async () => {
  const { ada, bob, cyd } = await meet('ada', 'bob', 'cyd');
  await connect(ada, bob, 'bob');
  await dial(cyd, 'bob');
  await is(cyd, 'ended busy');
  expect(await dial(ada, 'cyd')).toEqual({ ok: false, code: 'in-another-call' });
  expect([phaseOf(ada), phaseOf(bob)]).toEqual(['active', 'active']);
});

it('joins the calls of two people who dial each other at once', async () => {
  const { ada, bob } = await meet('ada', 'bob');
  await Promise.all([dial(ada, 'bob'), dial(bob, 'ada')]);
  await Promise.all([is(ada, 'active'), is(bob, 'active')]);
  expect(callOf(ada)?.callId).toBe(callOf(bob)?.callId);
  expect([callOf(ada)?.direction, callOf(bob)?.direction].sort()).toEqual(['incoming', 'outgoing']);
});

it('keeps the call while the sockets are away, and resumes it with them', async () => {
  const { ada, bob } = await meet('ada', 'bob');
  await connect(ada, bob, 'bob');
  const callId = callOf(ada)?.callId;
  for (const socket of sockets) socket.destroy();
  await until('away', () => {
    const { session } = ada.snapshots.current;
    return session.kind === 'signed-in' && session.connection.kind !== 'online';
  });
  await ada.commands['set-microphone']({ on: false });
  await until('muted', () => callOf(bob)?.remote?.microphone === false);
  await Promise.all([isOnline(ada), isOnline(bob)]);
  expect([ada, bob].map((phone) => [phaseOf(phone), callOf(phone)?.callId])).toEqual([
    ['active', callId],
    ['active', callId],
  ]);
  await bob.commands['hang-up']({});
  await is(ada, 'ended hung-up');
});
