import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import type { ListedContact } from '../../../protocol/account/session.ts';
import { AT_START } from '../../ipc/slices.ts';
import { Namesakes } from './namesakes.ts';

const contact = (displayName: string): ListedContact => ({
  userId: randomUUID(),
  username: `u-${displayName.length}`,
  displayName,
  status: 'available',
  v: 1,
  favourite: false,
  ringsThrough: false,
});

const setUp = (skeletonOf?: (name: string) => string) => {
  type Slices = ConstructorParameters<typeof Namesakes>[0]['current'];
  let tell: (changed: Partial<Slices>) => void = () => undefined;
  const store = {
    current: {
      contacts: [],
      incoming: [],
      call: null,
      people: AT_START.people,
      history: AT_START.history,
      elsewhere: null,
      namesakes: [],
    } as Slices,
    subscribe: (listener: typeof tell) => {
      tell = listener;
    },
    update: vi.fn((slices: Partial<Slices>) => {
      store.current = { ...store.current, ...slices };
    }),
  };
  const namesakes = new Namesakes(store, skeletonOf);
  const show = (slices: Partial<Slices>): void => {
    store.update(slices);
    tell(slices);
  };
  return { store, namesakes, show };
};

it('are those whose names look the same, in the list and beyond', () => {
  const { store, show, namesakes } = setUp();
  const [ada, bob, other] = [contact('Ada'), contact('Bob'), contact('Аdа')];
  show({ contacts: [ada, bob] });
  expect(store.current.namesakes).toEqual([]);
  const call = { callId: randomUUID(), from: other, media: 'audio' as const, since: 0 };
  show({ incoming: [call] });
  expect(new Set(store.current.namesakes)).toEqual(new Set([ada.userId, other.userId]));
  show({ incoming: [] });
  expect(store.current.namesakes).toEqual([]);
  const former = contact('8ob');
  namesakes.hear([former, contact('Rob'), { ...ada }]);
  expect(store.current.namesakes).toEqual([]);
  const twin = contact('bob');
  namesakes.hear([twin]);
  expect(new Set(store.current.namesakes)).toEqual(new Set([bob.userId, twin.userId]));
});

it('change with a name, not with a status', () => {
  const { store, show } = setUp();
  const [ada, bob] = [contact('Ada'), contact('Bob')];
  show({ contacts: [ada, bob] });
  show({ contacts: [ada, { ...bob, displayName: 'ADA' }] });
  const told = store.current.namesakes;
  expect(told).toHaveLength(2);
  show({
    contacts: [
      { ...ada, status: 'away', v: 2 },
      { ...bob, displayName: 'ADA' },
    ],
  });
  expect(store.current.namesakes).toBe(told);
});

it('are found among 5,000, each name looked at once', () => {
  const looked = vi.fn((name: string) => name);
  const { store, show } = setUp(looked);
  const contacts = Array.from({ length: 5000 }, (_, i) => contact(`Person ${String(i % 4999)}`));
  show({ contacts });
  expect(store.current.namesakes).toHaveLength(2);
  show({ contacts: contacts.map((each) => ({ ...each, status: 'away' as const })) });
  show({ contacts: contacts.slice(1) });
  expect(store.current.namesakes).toEqual([]);
  expect(looked).toHaveBeenCalledTimes(4999);
});
