import { expect, it, onTestFinished, vi } from 'vitest';
import type { CallDetails } from '../../ipc/call-details.ts';
import { AT_START } from '../../ipc/slices.ts';
import { Emitter } from '../../rtc/emitter.ts';

import { SnapshotStore } from '../snapshot-store.ts';
import { followCalls } from './follow-calls.ts';
import { CallLinks } from './links/call-links.ts';
import type { LinkEvents } from './links/link-events.ts';
import { PhoneRunner } from './phone-runner.ts';

const callId = '10000000-0000-4000-8000-000000000000';
const other = '30000000-0000-4000-8000-000000000000';
const peer = { userId: '20000000-0000-4000-8000-000000000000', username: 'ann', displayName: 'Ann' };
const DIAL = { kind: 'dial', callId, peer, media: 'audio' } as const;

/** A phone whose links are real and hold nothing yet; what happens to them is told by the test. */
const setUp = () => {
  const machine = new PhoneRunner(() => undefined);
  const links = new CallLinks({
    createConnection: () => expect.unreachable('nothing connects here'),
    openCapture: () => Promise.reject(new Error('nothing is captured here')),
    hearing: { meter: () => ({ close: () => undefined }), hearsAnything: () => Promise.resolve(null) },
    framesOf: () => null,
    machine: () => ({ lists: AT_START.devices, choices: AT_START.settings.devices }),
    relayOnly: () => false,
  });
  const events = new Emitter<LinkEvents>();
  const done: string[] = [];
  const details: CallDetails[] = [];
  const store = new SnapshotStore(AT_START);
  const quiet = vi.spyOn(store, 'quiet');
  const calls = {
    machine,
    links: {
      on: events.on.bind(events),
      find: links.find.bind(links),
      currentOf: links.currentOf.bind(links),
    },
  };
  followCalls(calls, {
    store,
    stage: { present: (link, talking) => done.push(`stage ${link ? 'link' : 'none'} ${String(talking)}`) },
    sounds: { follow: ({ current }) => done.push(`sounds ${current?.kind ?? 'none'}`) },
    publishDetails: (one) => details.push(one),
    log: (what, detail) => done.push(`log ${what} ${JSON.stringify(detail)}`),
  });
  onTestFinished(() => {
    machine.dispatch({ kind: 'stopped' });
    for (const id of [callId, other]) links.release(id);
  });
  return { machine, links, events, done, details, store, quiet };
};

it('lets sounds, stage and view follow the state, and spares the moments that are urgent', () => {
  const { machine, links, done, store, quiet } = setUp();
  links.open(callId, 'caller');
  machine.dispatch(DIAL);
  expect(done.splice(0)).toEqual(['sounds dialing', 'stage link false']);
  machine.dispatch({ kind: 'state', state: { callId, v: 2, state: 'connecting', answer: 'sdp' } });
  expect(done.splice(0)).toEqual(['sounds connecting', 'stage link true']);
  expect(store.current.call?.phase).toEqual({ kind: 'connecting' });
  machine.dispatch({ kind: 'peer-connected', callId });
  expect(done.splice(0)).toEqual(['sounds active', 'stage link true']);
  expect(quiet.mock.calls).toEqual([[40], [120]]);
});

it('shows whoever rings or is in a call with the name and picture of today', async () => {
  const { machine, store } = setUp();
  const contact = {
    ...peer,
    status: 'available',
    v: 1,
    favourite: false,
    ringsThrough: false,
  } as const;
  const incoming = {
    callId: other,
    v: 1,
    from: peer,
    media: 'audio',
    offer: 'sdp',
    expiresIn: 40_000,
  } as const;
  machine.dispatch({ kind: 'incoming', ...incoming });
  expect(store.current.incoming).toMatchObject([{ from: peer }]);
  store.update({ contacts: [{ ...contact, displayName: 'Anna', picture: 'a'.repeat(64) }] });
  await vi.waitFor(() => {
    expect(store.current.incoming).toMatchObject([
      { from: { displayName: 'Anna', picture: 'a'.repeat(64) } },
    ]);
  });
  // A contact no longer, the person is shown as they introduced themselves.
  store.update({ contacts: [] });
  await vi.waitFor(() => {
    expect(store.current.incoming).toMatchObject([{ from: peer }]);
  });
  machine.dispatch({ kind: 'decline', callId: other });
  machine.dispatch(DIAL);
  for (const [displayName, kind] of [
    ['Anna', 'dialing'],
    ['Anne', 'ended'],
  ] as const) {
    if (kind === 'ended') machine.dispatch({ kind: 'hang-up' });
    store.update({ contacts: [{ ...contact, displayName }] });
    await vi.waitFor(() => {
      expect(store.current.call).toMatchObject({ phase: { kind }, peer: { displayName } });
    });
  }
});

it('keeps the view as it is when nothing of it changed', () => {
  const { machine, events, store } = setUp();
  machine.dispatch(DIAL);
  const { call } = store.current;
  events.emit('changed', undefined);
  expect(store.current.call).toBe(call);
});

it('says why a call found no path, of that call alone', () => {
  const { machine, events, done, store } = setUp();
  machine.dispatch(DIAL);
  // Another call is over as well, for another reason.
  events.emit('released', { callId: other, problem: 'no-relay' });
  machine.dispatch({ kind: 'setup-failed', callId, cause: 'media-failed' });
  events.emit('released', { callId, problem: 'relay-unreachable' });
  events.emit('changed', undefined);
  expect(store.current.call?.phase).toMatchObject({ reason: 'media-failed', problem: 'relay-unreachable' });
  expect(done.filter((what) => what.startsWith('log'))).toEqual([
    'log no-path {"problem":"relay-unreachable"}',
  ]);
  const again = { ...DIAL, callId: other };
  machine.dispatch(again);
  machine.dispatch({ kind: 'setup-failed', callId: other, cause: 'media-failed' });
  expect(store.current.call?.phase).not.toHaveProperty('problem');
});

it('tells of the connection of the current call alone, and of none once it is over', () => {
  const { machine, links, events, details } = setUp();
  const link = links.open(callId, 'caller');
  links.open(other, 'callee');
  machine.dispatch(DIAL);
  events.emit('sampled', { callId: other });
  expect(details).toEqual([]);
  events.emit('sampled', { callId });
  expect(details.pop()?.samples).toBe(link.details.samples);
  events.emit('released', { callId: other, problem: null });
  expect(details).toEqual([]);
  machine.dispatch({ kind: 'hang-up' });
  events.emit('released', { callId, problem: null });
  expect(details).toEqual([{ samples: [] }]);
});
