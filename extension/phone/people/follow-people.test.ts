import { expect, it } from 'vitest';
import type { ServerEvent, ServerPayload } from '../../../protocol/events.ts';
import type { PeopleView } from '../../ipc/snapshot.ts';
import { AT_START } from '../../ipc/slices.ts';
import { followPeople } from './follow-people.ts';

const grace = { userId: '00000001-0000-4000-8000-000000000000', username: 'grace', displayName: 'Grace' };

const setUp = () => {
  const listeners = new Map<string, (payload: never) => void>();
  const store = {
    current: { people: AT_START.people },
    update: (slices: { people: PeopleView }) => {
      store.current = slices;
    },
  };
  followPeople({ on: (event, listener) => void listeners.set(event, listener) }, store);
  const tell = <E extends ServerEvent>(event: E, payload: ServerPayload<E>): PeopleView => {
    listeners.get(event)?.(payload as never);
    return store.current.people;
  };
  return { tell };
};

it('keeps who is blocked, once', () => {
  const { tell } = setUp();
  tell('contact:blocked', grace);
  expect(tell('contact:blocked', grace).blocked).toEqual([grace]);
  expect(tell('contact:unblocked', { userId: grace.userId }).blocked).toEqual([]);
});

it('keeps what waits as it is told', () => {
  const { tell } = setUp();
  const pending = { incoming: [{ ...grace, at: 5 }], outgoing: [{ username: 'ada', at: 4 }], code: null };
  expect(tell('contact:pending', pending)).toEqual({ ...AT_START.people, pending });
});

it('starts anew with each connection', () => {
  const { tell } = setUp();
  tell('contact:blocked', grace);
  const ready = { directory: 'contacts', pending: AT_START.people.pending, blocked: [] } as const;
  expect(tell('session:ready', ready as never)).toEqual({ ...AT_START.people, directory: 'contacts' });
});
