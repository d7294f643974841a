import { FAULT_KINDS, type FaultKind } from './evidence.ts';
import { write, type Scene } from './actions.ts';
import type { Device } from './device.ts';
import { readRedis } from './read-redis.ts';
import type { Service } from './service.ts';
import { visit } from './visit.ts';
import { pause, waitFor } from './wait-for.ts';

/** Milliseconds. */
const TIMES = {
  nodeAway: 5_000,
  /** A lease lasts 8 s and is checked every 2 s. */
  frozen: 14_000,
  redisAway: 5_000,
  redisPaused: 10_000,
  databaseAway: 2_000,
  /** How long to wait until enough calls are up for a meaningful fault. */
  calls: 30_000,
  /** The limit for requests that must work while something is away. */
  attempts: 20_000,
  /** How long after a fault the spared calls are checked, so that their phones have time to come back. */
  comeBack: 30_000,
  /** A period without faults, before the next one. */
  between: 2_000,
} as const;

/** How many calls are up when a fault begins, and how many of them nobody touches. */
const CALLS = { up: 4, spared: 3 } as const;

/** How many messages are in transit when a fault begins. */
const ON_ITS_WAY = 100;

/** While Redis is away: somebody signs in and reads their history, and somebody dials. */
const attemptWithoutRedis = async (scene: Scene, fault: FaultKind): Promise<void> => {
  const { crowd, journal, random } = scene;
  const asked = journal.invites.length;
  const [visitor] = random.some(crowd.residents, 1);
  const visiting = visitor ? visit(scene, visitor.person) : null;
  const refused = waitFor(() => {
    const [caller, callee] = random.some(crowd.idle, 2);
    const device = caller?.devices.find((one) => one.isHere && one.phone.isOnline && !one.isSpared);
    if (callee) device?.phone.dial(callee.person);
    return journal.invites.slice(asked).some(({ code }) => code === 'unavailable');
  }, TIMES.attempts);
  const results = await Promise.race([visiting, pause(TIMES.attempts)]);
  const at = Date.now();
  journal.attempts.push({ fault, what: 'sign-in', took: results?.signIn ?? null, at });
  journal.attempts.push({ fault, what: 'history', took: results?.history ?? null, at });
  await refused;
};

const cause: Readonly<Record<FaultKind, (service: Service, scene: Scene) => Promise<void>>> = {
  'node killed': async (service, { order }) => {
    const i = order.pick([...service.nodes.keys()]) ?? 0;
    await service.nodes[i]?.kill();
    await pause(TIMES.nodeAway);
    await service.replaceNode(i);
  },
  'node frozen past its lease': async (service, { order }) => {
    const node = order.pick(service.nodes);
    node?.freeze();
    await pause(TIMES.frozen);
    node?.thaw();
  },
  'Redis killed, back empty': async (service, scene) => {
    await service.redis.kill();
    await Promise.all([pause(TIMES.redisAway), attemptWithoutRedis(scene, 'Redis killed, back empty')]);
    await service.redis.startAgain('empty');
  },
  'Redis paused': async (service, scene) => {
    service.redis.freeze();
    await Promise.all([pause(TIMES.redisPaused), attemptWithoutRedis(scene, 'Redis paused')]);
    service.redis.thaw();
  },
  'PostgreSQL restarted': async (service) => {
    await service.postgres.kill();
    await pause(TIMES.databaseAway);
    await service.postgres.start();
  },
};

interface SparedCall {
  readonly callId: string;
  readonly pair: readonly Device[];
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Some calls that are up, which no action touches until they are given back. */
const spare = async ({ crowd, random }: Scene): Promise<SparedCall[]> => {
  await waitFor(() => crowd.talking.length >= CALLS.up, TIMES.calls);
  return random.some(crowd.talking, CALLS.spared).map((pair) => {
    for (const device of pair) device.isSpared = true;
    return { callId: pair[0].phone.phone.current?.callId ?? '', pair };
  });
};

/** The state of a call at each of its phones, and the server's answer when the phone asks for it. */
const viewOf = async (callId: string, { phone }: Device): Promise<string> => {
  const { current } = phone.phone;
  if (current?.callId !== callId) return 'gone';
  if (current.kind !== 'active') return current.kind;
  return (await phone.stateOfCall()) ?? 'unanswered';
};

/** Waits until both phones and the server agree that each spared call is up, and returns the state of each. */
const look = async (
  service: Service,
  { journal }: Scene,
  fault: FaultKind,
  calls: readonly SparedCall[],
): Promise<void> => {
  let after: string[][] = [];
  await waitFor(async () => {
    // Decisions from the time without the database must be stored before Redis may be lost.
    if ((await readRedis(service.redis.url)).unsettled.length > 0) return false;
    after = await Promise.all(
      calls.map(({ callId, pair }) => Promise.all(pair.map((device) => viewOf(callId, device)))),
    );
    return after.flat().every((state) => state === 'active');
  }, TIMES.comeBack);
  for (const [i, { callId, pair }] of calls.entries()) {
    journal.runningCalls.push({ callId, fault, after: after[i] ?? [] });
    for (const device of pair) device.isSpared = false;
  }
};

/**
 * Causes one fault of each kind, in random order. @param onLast is called at the end of the last fault.
 * @param say reports the progress to a person.
 */
export const causeFaults = async (
  service: Service,
  scene: Scene,
  { onLast, say }: { onLast: (until: number) => Promise<void>; say: (text: string) => void },
): Promise<void> => {
  const { journal } = scene;
  const kinds = scene.order.shuffled(FAULT_KINDS);
  for (const kind of kinds) {
    const calls = await spare(scene);
    // Only messages that are in transit at that very moment may be lost.
    for (let i = 0; i < ON_ITS_WAY; i += 1) write(scene);
    await pause(scene.order.between(0, 150));
    const from = Date.now();
    await cause[kind](service, scene);
    const until = Date.now();
    journal.faults.push({ kind, from, until });
    const isLast = kind === kinds.at(-1);
    await Promise.all([look(service, scene, kind, calls), isLast && onLast(until)]);
    say(`  ${kind}: ${seconds(until - from)}, good again after ${seconds(Date.now() - until)}`);
    if (!isLast) await pause(TIMES.between);
  }
};
