import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLive } from '../../extension/phone/calls/machine/phone.ts';
import { isUp } from '../../server/calls/call.ts';
import type { Device } from './device.ts';
import { settled } from './model-clock.ts';
import { World } from './world.ts';

/** One random step: `who`, `whom` and `n` are taken modulo the number of choices. */
interface Step {
  readonly kind: keyof typeof STEPS;
  readonly who: number;
  readonly whom: number;
  readonly n: number;
}

const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % items.length];

/** Each possible step with its relative frequency. */
const STEPS = {
  deliver: 40,
  repeat: 4,
  lose: 2,
  retry: 6,
  dial: 8,
  accept: 8,
  decline: 2,
  'hang-up': 4,
  'hand-over': 6,
  join: 8,
  wait: 3,
  disconnect: 2,
  connect: 6,
  crash: 1,
  'restart-server': 0.3,
} as const;

const run: Record<keyof typeof STEPS, (world: World, device: Device, step: Step) => Promise<void> | void> = {
  deliver: async (world, _device, { n }) => {
    const message = pick(world.messages, n);
    if (message) await world.deliver(message);
  },
  repeat: (world, _device, { n }) => {
    const message = pick(world.messages, n);
    if (message) world.messages.push({ ...message });
  },
  lose: (world, _device, { n }) => {
    world.messages.splice(n % Math.max(1, world.messages.length), 1);
  },
  retry: (world, device) => {
    for (const request of device.requests) world.send(device, request);
  },
  dial: (world, device, { whom }) => {
    const peer = pick(
      world.people.filter((one) => one !== device.person),
      whom,
    );
    if (peer)
      world.act(device, () => {
        device.dial(peer);
      });
  },
  accept: (world, device, { n }) => {
    const call = pick(device.phone.incoming, n);
    const { current } = device.phone;
    const talking = isLive(current) && current.kind !== 'dialing' && current.kind !== 'ringing-out';
    if (!call || talking) return;
    world.act(device, () => {
      device.dispatch({ kind: 'accept', at: world.clock.now(), callId: call.callId, media: 'audio' });
    });
  },
  decline: (world, device, { n }) => {
    const call = pick(device.phone.incoming, n);
    if (!call) return;
    world.act(device, () => {
      device.dispatch({ kind: 'decline', at: world.clock.now(), callId: call.callId });
    });
  },
  'hang-up': (world, device) => {
    world.act(device, () => {
      device.dispatch({ kind: 'hang-up', at: world.clock.now() });
    });
  },
  'hand-over': (world, device) => {
    const { callId } = world.live.person(device.person.userId);
    const call = callId === null ? undefined : world.live.call(callId);
    const peer = world.people.find(
      ({ userId }) => userId === (call?.callerId === device.person.userId ? call.calleeId : call?.callerId),
    );
    if (!call || !isUp(call) || !peer) return;
    world.act(device, () => {
      device.handOver(call.callId, peer);
    });
  },
  join: (world, device) => {
    for (const other of world.devices) if (other !== device) world.join(device, other);
  },
  wait: async (world, _device, { n }) => {
    await world.advance(n % 20_000);
  },
  disconnect: (world, device) => world.disconnect(device),
  connect: (world, device) => world.connect(device),
  crash: async (world, device) => {
    await world.disconnect(device);
    device.restart();
  },
  'restart-server': (world) => world.restartServer(),
};

const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    ...(Object.keys(STEPS) as (keyof typeof STEPS)[]).map((kind) => ({
      weight: Math.ceil(STEPS[kind] * 10),
      arbitrary: fc.constant(kind),
    })),
  ),
  who: fc.nat(5),
  whom: fc.nat(1),
  n: fc.nat(100_000),
});

/** What must hold at every moment. */
const checkAlways = (world: World): void => {
  const up = new Map<string, string>();
  for (const record of world.records.values()) {
    const call = world.live.call(record.callId);
    if (!call || !isUp(call)) continue;
    for (const userId of [call.callerId, call.calleeId]) {
      expect(up.get(userId), `${userId} is in two calls`).toBeUndefined();
      up.set(userId, call.callId);
      expect(world.live.person(userId).callId).toBe(call.callId);
    }
  }
  for (const person of world.people) {
    expect(world.inCall.has(person.userId), `${person.userId} shows what is`).toBe(up.has(person.userId));
  }
  for (const device of world.devices) {
    expect(device.illegal).toEqual([]);
    const { current, incoming } = device.phone;
    const holds = [...(isLive(current) ? [current.callId] : []), ...incoming.map((call) => call.callId)];
    // A phone holds nothing open for a call that it is not in and that does not ring.
    expect(holds).toEqual(expect.arrayContaining([...device.open]));
  }
  for (const [callId, ends] of world.endsWritten) expect(ends, `${callId} ended once`).toBe(1);
};

const deliverAll = async (world: World): Promise<void> => {
  for (let message = world.messages[0]; message; message = world.messages[0]) await world.deliver(message);
};

/** Reasons that a single device may show instead of the one on record. */
const OF_ONE_DEVICE = ['answered-elsewhere', 'declined-elsewhere', 'continued-elsewhere', 'in-another-call'];

/** A call that has just ended shows the reason that is on record, however it was ended here. */
const checkAgreed = (world: World): void => {
  for (const { phone, wanted } of world.devices) {
    const { current } = phone;
    if (current?.kind !== 'ended' || wanted.has(current.callId)) continue;
    // Unlike sockets, this network may deliver an invite after its end, and may lose only the message about
    // an end.
    if (current.v === 0 || current.reason === 'server-error') continue;
    const reason = world.records.get(current.callId)?.reason;
    if (reason) expect([reason, ...OF_ONE_DEVICE], `why ${current.callId} ended`).toContain(current.reason);
  }
};

/** The network heals and everybody hangs up: nothing may be left. */
const settleDown = async (world: World): Promise<void> => {
  for (const device of world.devices) await world.disconnect(device);
  for (const device of world.devices) await world.connect(device);
  await deliverAll(world);
  for (const device of world.devices) {
    world.act(device, () => {
      device.dispatch({ kind: 'hang-up', at: world.clock.now() });
    });
  }
  await deliverAll(world);
  checkAgreed(world);
  // A lost call stays in view for two minutes, so that the person can place it again.
  await world.advance(150_000);
  await deliverAll(world);
};

const checkAtRest = (world: World): void => {
  expect([...world.inCall]).toEqual([]);
  for (const record of world.records.values()) expect(record.state).toBe('ended');
  for (const person of world.people) {
    expect(world.live.person(person.userId)).toMatchObject({ callId: null, ringing: [] });
  }
  for (const device of world.devices) {
    expect(device.phone).toMatchObject({ current: null, incoming: [] });
    expect([...device.open]).toEqual([]);
    expect([...device.requests]).toEqual([]);
    for (const [callId, reasons] of device.ends) {
      expect(reasons, `${callId} is shown to end once`).toHaveLength(1);
    }
  }
};

/** The states that a meaningful run must reach, read from phones and records. */
const countBranches = (world: World): void => {
  for (const device of world.devices) {
    for (const [callId, [reason]] of device.ends) {
      if (reason === 'answered-elsewhere') world.count('accept on two devices');
      if (reason === 'continued-elsewhere') world.count('moved');
      if (reason === 'cancelled' && device.answered.has(callId)) world.count('cancel crossing accept');
    }
  }
  for (const record of world.records.values()) {
    const live = world.live.call(record.callId);
    if (live?.lineId) world.count('moved by record');
    if (record.v === 1 && record.reason === 'busy') world.count('busy at once');
    if ((world.live.call(record.callId)?.aliases.length ?? 0) > 0) world.count('glare');
  }
};

describe('three people, two devices each', () => {
  it('never end up in two calls, stay busy, or disagree', { timeout: 120_000 }, async () => {
    const reached = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(stepArbitrary, { minLength: 30, maxLength: 150, size: 'max' }),
        async (steps) => {
          const world = new World();
          for (const device of world.devices) await world.connect(device);
          for (const step of steps) {
            const device = pick(world.devices, step.who);
            if (device) await run[step.kind](world, device, step);
            await settled();
            checkAlways(world);
          }
          countBranches(world);
          await settleDown(world);
          checkAlways(world);
          checkAtRest(world);
          for (const [branch, n] of world.counts) reached.set(branch, (reached.get(branch) ?? 0) + n);
        },
      ),
      { numRuns: 1_000, seed: 20_26 },
    );
    for (const branch of [
      'connected',
      'glare',
      'busy at once',
      'accept on two devices',
      'cancel crossing accept',
      'new connection up',
      'moved',
      'moved by record',
      'move given up',
      'resumed',
      'server restarted',
      'ended busy',
      'ended cancelled',
      'ended declined',
      'ended hung-up',
      'ended no-answer',
      'ended connection-lost',
      'ended media-failed',
      'ended server-error',
      'ended unreachable',
    ]) {
      expect(reached.get(branch) ?? 0, `${branch} was reached`).toBeGreaterThan(0);
    }
  });
});
