import { expect, it } from 'vitest';
import { sampleReady } from '../../../testkit/ipc/sample-ready.ts';
import { ServerEvents } from './server-events.ts';

const ANN = { userId: '20000000-0000-4000-8000-000000000000', username: 'ann', displayName: 'Ann' };
const ready = sampleReady(ANN, { status: 'available', until: null, text: null, lastSeenShown: false });
const contact = { ...ANN, userId: '30000000-0000-4000-8000-000000000000', status: 'available', v: 1 };
const { userId } = contact;

const setUp = () => {
  const events = new ServerEvents(() => undefined);
  const heard: string[] = [];
  for (const name of ['session:ready', 'contact:changed', 'contact:removed', 'call:queue'] as const) {
    events.on(name, () => heard.push(name));
  }
  return { events, heard };
};

it('hands a change of what session:ready brings on after it, because the whole may have been read before', () => {
  const { events, heard } = setUp();
  events.opened();
  events.receive('contact:changed', contact);
  events.receive('contact:removed', { userId });
  // It says itself how new it is.
  events.receive('call:queue', { v: 1, shown: [], waiting: 0 });
  expect(heard.splice(0)).toEqual(['call:queue']);
  events.receive('session:ready', ready);
  expect(heard.splice(0)).toEqual(['session:ready', 'contact:changed', 'contact:removed']);
  events.receive('contact:changed', contact);
  expect(heard).toEqual(['contact:changed']);
});

it('forgets what a connection brought that was lost before session:ready', () => {
  const { events, heard } = setUp();
  events.opened();
  events.receive('contact:removed', { userId });
  events.opened();
  events.receive('session:ready', ready);
  expect(heard).toEqual(['session:ready']);
});
