import type { PersonRef } from '../../../protocol/people/contacts.ts';
import { testSdp } from '../descriptions.ts';
import type { Phone } from '../phone.ts';
import type { OnlookerWorld } from './onlooker-world.ts';

/** An action of the onlooker; `n` chooses its variant, and yields ids that are the same in every world. */
export type OnlookerStep = (world: OnlookerWorld, n: number) => Promise<unknown>;

const NOBODY = 'f0f0f0f0-0000-4000-8000-000000000000';
const TEXTS = ['Lunch?', 'Are you there?', 'Hello'] as const;

/** An id that is the same in every world, and different each time. */
export const idOf = (world: OnlookerWorld, n: number): string => {
  world.made += 1;
  return `${String(world.made).padStart(8, '0')}-${String(n).padStart(4, '0')}-4000-8000-000000000000`;
};

const at = ({ phones }: OnlookerWorld, n: number): Phone => {
  const phone = phones[n % phones.length];
  if (!phone) throw new Error('the onlooker has no phone');
  return phone;
};
const who = ({ other }: OnlookerWorld): PersonRef => ({ userId: other.account.userId });
const pictureOf = (world: OnlookerWorld, userId: string): Promise<unknown> =>
  world.rest('GET', `/people/${userId}/picture`, world.onlooker);

/** The onlooker comes back on a new connection, and sees their list anew. */
const reconnect: OnlookerStep = async (world) => {
  await world.connect();
  await world.disconnect();
};

/** Every action by which a person can find out about another person. */
export const ONLOOKER_STEPS = {
  reconnect,
  'connect another phone': async (world) => {
    await world.connect();
  },
  'sign out and in': async (world) => {
    await world.connectAndSignOut();
    await world.connect();
  },
  redeem: (world, n) => at(world, n).request('contact:redeem', { code: world.code }),
  ring: (world, n) =>
    at(world, n).request('call:invite', {
      callId: idOf(world, n),
      to: world.other.account.userId,
      media: n % 2 === 0 ? 'audio' : 'video',
      offer: testSdp(),
    }),
  'ring nobody': (world, n) =>
    at(world, n).request('call:invite', {
      callId: idOf(world, n),
      to: NOBODY,
      media: 'audio',
      offer: testSdp(),
    }),
  type: (world, n) => at(world, n).request('message:typing', who(world)),
  write: (world, n) => {
    const message = { id: idOf(world, n), to: world.other.account.userId, text: TEXTS[n % 3] ?? '' };
    return at(world, n).request('message:send', message);
  },
  'read messages': (world, n) => at(world, n).request('message:page', who(world)),
  'mark delivered': (world, n) =>
    at(world, n).request('message:delivered', { upTo: [{ ...who(world), at: world.clock.now() }] }),
  'mark read': (world, n) => at(world, n).request('message:read', { ...who(world), at: world.clock.now() }),
  search: (world, n) => at(world, n).request('message:search', { query: TEXTS[n % 3] ?? '' }),
  'read history': (world, n) => at(world, n).request('history:page', { limit: 1 + (n % 50) }),
  'see history': (world, n) => at(world, n).request('history:seen', {}),
  'fetch the picture': (world) => pictureOf(world, world.other.account.userId),
  'fetch nobody’s picture': (world) => pictureOf(world, NOBODY),
  mark: (world, n) =>
    at(world, n).request('contact:mark', {
      ...who(world),
      favourite: n % 2 === 0,
      ringsThrough: n % 3 === 0,
    }),
  block: (world, n) => at(world, n).request('contact:block', who(world)),
  unblock: (world, n) => at(world, n).request('contact:unblock', who(world)),
  request: (world, n) => at(world, n).request('contact:request', { username: 'bob' }),
  cancel: (world, n) => at(world, n).request('contact:cancel', { username: 'bob' }),
  accept: (world, n) => at(world, n).request('contact:accept', who(world)),
  remove: (world, n) => at(world, n).request('contact:remove', who(world)),
  'be away': (world, n) => at(world, n).request('presence:set', { status: 'away' }),
  'be idle': (world, n) => at(world, n).request('presence:idle', { idle: n % 2 === 0 }),
  hide: (world, n) => at(world, n).request('presence:set', { status: 'appear-offline' }),
  show: (world, n) => at(world, n).request('presence:set', { status: 'available' }),
  rename: (world, n) => {
    const body = { displayName: `Ada ${String(n)}` };
    return world.rest('PATCH', '/accounts/current', world.onlooker, body);
  },
} as const satisfies Record<string, OnlookerStep>;

export type OnlookerStepName = keyof typeof ONLOOKER_STEPS;
