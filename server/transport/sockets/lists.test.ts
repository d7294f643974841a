import { describe, expect, it } from 'vitest';
import type { UserId } from '../../../protocol/ids.ts';
import { startTestServer } from '../../../testkit/server/start-test-server.ts';
import { createLists } from './lists.ts';
import { watchRoom } from './rooms.ts';

describe('a list that changes whenever it is looked at', () => {
  it('is told all the same, and what waits for the person once more', async () => {
    let changes = 0;
    await using server = await startTestServer({
      config: { directory: 'contacts' },
      deps: (deps) => ({
        ...deps,
        live: {
          ...deps.live,
          lists: { ...deps.live.lists, changes: () => Promise.resolve((changes += 1)) },
        },
      }),
    });
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    await server.store.contacts.add(ada.account.userId, bob.account.userId);
    const phone = await server.phone(ada);
    expect(phone.all('session:ready')).toMatchObject([{ contacts: [{ username: 'bob' }] }]);
    expect(await phone.next('contact:pending')).toMatchObject({ incoming: [] });
  });
});

it('holds a person who is new while a phone connects', async () => {
  const [reading, goOn] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  await using server = await startTestServer({
    deps: (deps) => ({
      ...deps,
      store: {
        ...deps.store,
        marks: {
          ...deps.store.marks,
          // Read after the list, and before the phone is told of it.
          async of(userId) {
            reading.resolve(undefined);
            await goOn.promise;
            return deps.store.marks.of(userId);
          },
        },
      },
    }),
  });
  const connecting = server.phone(await server.signUp('ada'));
  await reading.promise;
  await server.signUp('bob');
  goOn.resolve(undefined);
  const phone = await connecting;
  expect(phone.all('session:ready')).toMatchObject([{ contacts: [{ username: 'bob' }] }]);
});

it('takes a phone out of the rooms of those who blocked while the list was read', async () => {
  const rooms = new Set<string>();
  const socket = {
    data: {
      phone: { userId: 'ada', sessionId: 's', instanceId: 'i' },
      held: undefined,
      ended: undefined,
      idle: false,
      unknownEvents: 0,
    },
    rooms,
    join(joined: string | string[]) {
      for (const room of [joined].flat()) rooms.add(room);
    },
    leave(room: string) {
      rooms.delete(room);
    },
    emit: () => true,
  };
  let listed: readonly UserId[] = ['bob', 'eve'];
  const lists = createLists({
    directory: {
      contactsOf: () =>
        Promise.resolve(
          listed.map((userId) => ({
            person: { userId, username: userId, displayName: userId },
            blocks: false,
            frozen: null,
          })),
        ),
    },
    blocks: { blockedBy: () => Promise.resolve([]) },
    pending: { of: () => Promise.resolve({ incoming: [], outgoing: [], code: null }) },
    visibility: { seen: () => Promise.resolve(new Map()), changes: () => Promise.resolve(listed.length) },
    changes: { alone: (_userId, task) => task() },
    settled: () => Promise.resolve(),
  });
  const opened = await lists.open(socket);
  listed = ['eve'];
  await lists.tellCurrent(socket, opened, () => Promise.resolve({ tell: () => undefined }));
  expect([...rooms]).toEqual([watchRoom('eve')]);
});
