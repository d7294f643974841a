import type { ChosenStatus } from '../../protocol/presence/presence.ts';
import type { Crowd, Resident } from './crowd.ts';
import type { Device } from './device.ts';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';
import { visit } from './visit.ts';
import type { Balancer } from '../../testkit/server/balancer.ts';

export interface Scene {
  readonly crowd: Crowd;
  readonly balancer: Balancer;
  readonly journal: Journal;
  readonly random: Random;
  /** Random numbers for faults only, so that a seed gives the same faults whatever the phones do meanwhile. */
  readonly order: Random;
}

/** Each action of a person with its relative frequency. */
const WEIGHTS = {
  dial: 20,
  cross: 6,
  answer: 22,
  'hang up': 8,
  write: 18,
  choose: 3,
  'read history': 3,
  'lose connection': 4,
  reconnect: 2,
  'be offline': 2,
  crash: 2,
  'open twice': 2,
  'sign in': 1,
} as const;
type Action = keyof typeof WEIGHTS;

/** How long a device is without a network, in milliseconds: a short time, and longer than a call survives. */
const OFFLINE = { shortest: 500, longest: 9_000 } as const;

const STATUSES: Readonly<Record<ChosenStatus, number>> = {
  available: 10,
  away: 3,
  'do-not-disturb': 1,
  'appear-offline': 1,
};

const deviceOf = ({ random }: Scene, { devices }: Resident): Device | undefined =>
  random.pick(devices.filter((device) => device.isHere && !device.isSpared));

const anyone = ({ crowd, random }: Scene): Device | undefined => random.pick(crowd.present);

const dial = (scene: Scene): void => {
  const { crowd, random } = scene;
  // Some dial whoever comes to mind, who may be in a call.
  const callee = random.pick(random.chance(0.75) ? crowd.idle : crowd.residents);
  const caller = random.pick(crowd.idle.filter((one) => one !== callee));
  if (callee && caller) deviceOf(scene, caller)?.phone.dial(callee.person);
};

/** Two people dial each other before either can know of the other's call. */
const cross = (scene: Scene): void => {
  const [one, other] = scene.random.some(scene.crowd.idle, 2);
  if (!one || !other) return;
  deviceOf(scene, one)?.phone.dial(other.person);
  deviceOf(scene, other)?.phone.dial(one.person);
};

const answer = (scene: Scene): void => {
  const { crowd, random } = scene;
  const ringing = crowd.residents.filter(({ devices }) => devices.some(({ isRinging }) => isRinging));
  const resident = random.pick(ringing.filter((one) => !crowd.isDeaf(one)));
  const devices = random
    .shuffled(resident?.devices ?? [])
    .filter(({ isRinging, isHere }) => isRinging && isHere);
  if (random.chance(0.15)) devices[0]?.phone.decline();
  // Both of somebody's devices at once: one of them is too late.
  else for (const device of devices.slice(0, random.chance(0.3) ? 2 : 1)) device.phone.accept();
};

const hangUp = ({ crowd, random }: Scene): void => {
  const device = random.pick(crowd.present.filter(({ isInCall }) => isInCall));
  device?.phone.hangUp();
};

/** Somebody writes to somebody. */
export const write = (scene: Scene): void => {
  const from = anyone(scene)?.phone;
  const to = scene.random.pick(scene.crowd.residents)?.person.userId;
  if (!from || to === undefined || to === from.person.userId) return;
  from.write(to, `number ${scene.random.next().toFixed(12)}`);
};

const choose = async (scene: Scene): Promise<void> => {
  await anyone(scene)?.phone.choose(scene.random.weighted(STATUSES));
};

const beOffline = (scene: Scene): void => {
  const device = anyone(scene);
  device?.leaveNetwork();
  setTimeout(() => device?.findNetwork(), scene.random.between(OFFLINE.shortest, OFFLINE.longest));
};

const act: Readonly<Record<Action, (scene: Scene) => Promise<void> | void>> = {
  dial,
  cross,
  answer,
  'hang up': hangUp,
  write,
  choose,
  'read history': async (scene) => {
    await anyone(scene)?.phone.readHistory();
  },
  'lose connection': (scene) => anyone(scene)?.cut(),
  reconnect: (scene) => anyone(scene)?.phone.reconnect(),
  'be offline': beOffline,
  crash: (scene) => anyone(scene)?.restart(),
  'open twice': (scene) => {
    const before = anyone(scene)?.supersede();
    // The phone ends its calls, as it does when it is stopped.
    if (before) setTimeout(() => before.crash(), scene.random.between(3_000, 6_000));
  },
  'sign in': async (scene) => {
    const resident = scene.random.pick(scene.crowd.residents);
    if (resident) await visit(scene, resident.person);
  },
};

/**
 * Does something at random, and counts it. A refusal by a phone is no error here; the checker finds the
 * errors.
 */
export const actAtRandom = (scene: Scene): void => {
  const action = scene.random.weighted(WEIGHTS);
  scene.journal.count(`action: ${action}`);
  scene.journal.count('actions');
  void act[action](scene);
};
