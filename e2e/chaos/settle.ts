import type { PhoneAtRest, Shown } from './evidence.ts';
import type { Scene } from './actions.ts';
import type { Resident } from './crowd.ts';
import { readRedis } from './read-redis.ts';
import type { Device } from './device.ts';
import type { Service } from './service.ts';
import { pause, waitFor } from './wait-for.ts';

/** Milliseconds. */
const WITHIN = {
  /** Longer than the checks allow, so that the report can say how long it took. */
  back: 60_000,
  /** After a phone vanished: a node's lease and its checks (10 s), 45 s of waiting, and time to publish the end. */
  released: 80_000,
  shown: 20_000,
} as const;

/** Milliseconds after which a phone that was refused asks again. */
const AGAIN_AFTER = 250;

/** Milliseconds: when Redis is back, servers have all phones connect anew within 10 s. */
const REFRESHED_WITHIN = 12_000;

/**
 * Waits until every phone that is not lost has come back by itself, and returns how long after the last fault
 * the server served it fully and kept its connection.
 */
export const comeBack = async ({ crowd }: Scene, lastFault: number): Promise<Map<string, number>> => {
  const here = crowd.devices.filter(({ isLost }) => !isLost);
  const answered = async (): Promise<Map<string, number>> => {
    const at = new Map<string, number>();
    const ask = async (device: Device): Promise<void> => {
      device.findNetwork();
      // The phone must reconnect by itself. Status is kept in Redis and history in PostgreSQL, so both are asked for.
      while (!(await device.phone.choose('available')) || !(await device.phone.readHistory()))
        await pause(AGAIN_AFTER);
      at.set(device.name, Date.now());
    };
    for (const device of here) void ask(device);
    await waitFor(() => at.size === here.length, WITHIN.back);
    return at;
  };
  const first = await answered();
  await pause(REFRESHED_WITHIN);
  const again = await answered();
  return new Map(
    here.flatMap(({ name, phone }) => {
      const at = first.get(name);
      return at === undefined || !again.has(name) ? [] : [[name, Math.max(at, phone.readyAt) - lastFault]];
    }),
  );
};

/** Everybody hangs up; locks of phones that vanished must be released without them. */
export const hangUpAll = async (service: Service, { crowd }: Scene): Promise<void> => {
  const isQuiet = (): boolean => {
    for (const device of crowd.devices) {
      device.phone.decline();
      device.phone.hangUp();
    }
    return crowd.devices.every(
      ({ isInCall, isRinging, phone }) => !isInCall && !isRinging && phone.unsent === 0,
    );
  };
  await waitFor(isQuiet, WITHIN.back);
  await waitFor(async () => {
    const left = await readRedis(service.redis.url);
    return (
      left.people.length === 0 &&
      left.unsettled.length === 0 &&
      left.inCall.length === 0 &&
      left.calls.every(({ state }) => state === 'ended')
    );
  }, WITHIN.released);
};

const expectedOf = ({ devices }: Resident): Shown['expected'] =>
  devices.some(({ isHere }) => isHere) ? 'available' : 'offline';

/** Sets everybody to available and returns the status that each phone shows of each contact. */
export const lookAround = async ({ crowd }: Scene): Promise<Shown[]> => {
  const phones = crowd.residents.flatMap(({ devices }) => devices.find(({ isHere }) => isHere)?.phone ?? []);
  await Promise.all(phones.map((phone) => phone.choose('available')));
  const shown = (): Shown[] =>
    crowd.devices
      .filter(({ isLost }) => !isLost)
      .flatMap(({ name, phone }) =>
        crowd.residents
          .filter(({ person }) => person.userId !== phone.person.userId)
          .map((resident) => ({
            phone: name,
            userId: resident.person.userId,
            status: phone.statusOf(resident.person.userId),
            expected: expectedOf(resident),
          })),
      );
  await waitFor(() => shown().every(({ status, expected }) => status === expected), WITHIN.shown);
  return shown();
};

export const atRest = ({ crowd }: Scene, back: ReadonlyMap<string, number>): PhoneAtRest[] =>
  crowd.devices
    .filter(({ isLost }) => !isLost)
    .map(({ name, isInCall, phone: { phone, connection } }) => ({
      phone: name,
      backAfter: back.get(name) ?? null,
      connection,
      call: isInCall ? (phone.current?.kind ?? null) : null,
      ringing: phone.incoming.length,
    }));
