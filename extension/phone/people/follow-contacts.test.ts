import { expect, it } from 'vitest';
import type { ServerPayload } from '../../../protocol/events.ts';
import { contact } from '../../../testkit/ui/contact.ts';
import { AT_START } from '../../ipc/slices.ts';
import type { Signaling } from '../connection/signaling.ts';
import { SnapshotStore } from '../snapshot-store.ts';
import { followContacts } from './follow-contacts.ts';

it('keeps the entries that a new connection tells again, so that pages are told of the others alone', () => {
  const store = new SnapshotStore(AT_START);
  const listeners = new Map<string, (payload: Partial<ServerPayload<'session:ready'>>) => void>();
  const on = (name: string, listener: (payload: never) => void): void => {
    listeners.set(name, listener as (payload: object) => void);
  };
  followContacts({ on } as Pick<Signaling, 'on'>, store);
  const connect = (...contacts: ReturnType<typeof contact>[]) => {
    listeners.get('session:ready')?.({ contacts });
    return store.current.contacts;
  };
  const before = connect(contact('Bob'), contact('Ann'));
  expect(connect(contact('Bob'), contact('Ann'))).toBe(before);
  const after = connect(contact('Ann'), contact('Bob', 'away'));
  expect(after[0]).toBe(before[0]);
  expect(after.map(({ displayName, status }) => `${displayName} ${status}`)).toEqual([
    'Ann available',
    'Bob away',
  ]);
});
