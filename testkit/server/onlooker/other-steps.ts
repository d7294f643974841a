import type { StatusChoice } from '../../../protocol/presence/presence.ts';
import { testSdp } from '../descriptions.ts';
import type { Phone } from '../phone.ts';
import { pngFile } from '../picture-files.ts';
import { TEST_PASSWORD } from '../test-people.ts';
import { idOf } from './onlooker-steps.ts';
import type { OnlookerWorld, Way } from './onlooker-world.ts';

/** An action of the other person. */
export type OtherStep = (world: OnlookerWorld, n: number) => Promise<unknown>;

const rename: OtherStep = (world, n) =>
  world.rest('PATCH', '/accounts/current', world.otherElsewhere, { displayName: `Bob ${String(n)}` });
const picture: OtherStep = (world, n) =>
  world.rest('PUT', '/accounts/current/picture', world.otherElsewhere, pngFile({ grey: 1 + (n % 200) }));
const noPicture: OtherStep = (world) =>
  world.rest('DELETE', '/accounts/current/picture', world.otherElsewhere);

/** Rare, because the other person can do nothing after it. */
const deleteAccount: OtherStep = async (world, n) => {
  if (n % 3 !== 0) return;
  await world.rest('DELETE', '/accounts/current', world.otherElsewhere, { password: TEST_PASSWORD });
  world.others = [];
  world.call = null;
};

/** What a person can do without a connected phone. */
const WITHOUT_PHONE = {
  rename,
  'set picture': picture,
  'remove picture': noPicture,
  'delete account': deleteAccount,
} as const;

const STATUSES = ['available', 'away', 'do-not-disturb', 'appear-offline'] as const;

/** Sends on the other person's phone; does nothing if there is none. */
const onPhone =
  (act: (phone: Phone, n: number, world: OnlookerWorld) => Promise<unknown>): OtherStep =>
  async (world, n) => {
    const phone = world.others[n % Math.max(1, world.others.length)];
    if (phone) await act(phone, n, world);
  };

/** What a person can do who is online but absent for the onlooker. */
const WITH_PHONE = {
  say: onPhone((phone, n) => phone.request('presence:text', { text: `Text ${String(n)}` })),
  'show last seen': onPhone((phone, n) => phone.request('presence:last-seen', { shown: n % 2 === 0 })),
  'be idle': onPhone((phone, n) => phone.request('presence:idle', { idle: n % 2 === 0 })),
  'read messages': onPhone((phone, _n, { onlooker, clock }) =>
    phone.request('message:read', { userId: onlooker.account.userId, at: clock.now() }),
  ),
  type: onPhone((phone, _n, { onlooker }) =>
    phone.request('message:typing', { userId: onlooker.account.userId }),
  ),
  'call somebody else': onPhone(async (phone, n, world) => {
    const callId = idOf(world, n);
    const { third } = world;
    if (world.call || !third) return;
    const to = world.third?.all('session:ready')[0]?.account.userId ?? '';
    await phone.request('call:invite', { callId, to, media: 'audio', offer: testSdp() });
    await third.request('call:accept', { callId, answer: testSdp() });
    for (const each of [phone, third]) await each.request('call:connected', { callId });
    world.call = { callId, phone };
  }),
  'hang up': async ({ call }: OnlookerWorld) => {
    await call?.phone.request('call:end', { callId: call.callId });
  },
  reconnect: onPhone((_phone, _n, world) => world.othersReconnect()),
  'connect another phone': async (world: OnlookerWorld) => {
    if (world.others.length === 0) return;
    world.others.push(await world.server.phone(await world.server.signIn('bob')));
  },
} as const satisfies Record<string, OtherStep>;

const choose =
  (status: StatusChoice['status']): OtherStep =>
  async (world) => {
    await world.others[0]?.request('presence:set', { status });
  };

/**
 * Everything that the other person can do unseen; in the world where they are offline, only actions without a
 * phone.
 */
export const OTHER_STEPS = {
  ...WITHOUT_PHONE,
  ...WITH_PHONE,
  choose: (world: OnlookerWorld, n: number) => choose(STATUSES[n % STATUSES.length] ?? 'available')(world, n),
} as const satisfies Record<string, OtherStep>;

export type OtherStepName = keyof typeof OTHER_STEPS;

/** Whether a person can take the step while absent in this way, and stays absent. */
export const isPossible = (name: OtherStepName, way: Way): boolean => {
  if (name in WITHOUT_PHONE) return true;
  if (way === 'gone') return false;
  return way === 'blocked' || name !== 'choose';
};
