import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LIMITS } from '../../protocol/limits.ts';
import { settled } from './model-clock.ts';
import { World } from './world.ts';

const CALLERS = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'fay'];

const step = fc.record({
  what: fc.constantFrom('dial', 'dial', 'dial', 'decline', 'hang-up', 'deliver', 'deliver', 'wait', 'flap'),
  who: fc.nat(CALLERS.length - 1),
  n: fc.nat(1_000),
});

/** Messages arrive in the order of sending, as on sockets. */
const deliverAll = async (world: World): Promise<void> => {
  for (let message = world.messages[0]; message; message = world.messages[0]) await world.deliver(message);
};

it('when seven people ring one person, the phones show the same few in the same order, and nobody hears busy', async () => {
  const reached = { waiting: 0, shown: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), async (steps) => {
      const world = new World(['bob', ...CALLERS], ['fay']);
      for (const device of world.devices) await world.connect(device);
      const bobs = world.devices.filter(({ person }) => person.userId === 'bob');
      const bob = world.people[0];
      for (const { what, who, n } of steps) {
        const caller = world.devices.find(({ person }) => person.userId === CALLERS[who]);
        const phone = bobs[n % bobs.length];
        if (!caller || !phone || !bob) continue;
        const at = world.clock.now();
        if (what === 'dial') {
          world.act(caller, () => {
            caller.dial(bob);
          });
        }
        if (what === 'hang-up') {
          world.act(caller, () => {
            caller.dispatch({ kind: 'hang-up', at });
          });
        }
        const call = phone.phone.incoming[n % LIMITS.simultaneousRings];
        if (what === 'decline' && call) {
          world.act(phone, () => {
            phone.dispatch({ kind: 'decline', at, callId: call.callId });
          });
        }
        if (what === 'deliver') await deliverAll(world);
        if (what === 'wait') await world.advance(n);
        if (what === 'flap') {
          await world.disconnect(phone);
          await world.connect(phone);
        }
        await settled();
        for (const { phone: one } of bobs) expect(one.incoming.length).toBeLessThanOrEqual(6);
      }
      await deliverAll(world);
      const { shown, waiting } = await world.live.queueAt('bob');
      const order = shown.map(({ callId }) => callId);
      for (const { phone: one } of bobs) {
        expect(one.incoming.map(({ callId }) => callId)).toEqual(order);
        if (waiting > 0) expect(one.queue.waiting).toBe(waiting);
      }
      const fays = shown.findIndex(({ callerId }) => callerId === 'fay');
      expect(fays).toBeLessThanOrEqual(0);
      for (const { reason } of world.records.values()) expect(reason).not.toBe('busy');
      for (const device of world.devices) expect(device.illegal).toEqual([]);
      if (waiting > 0) reached.waiting += 1;
      reached.shown = Math.max(reached.shown, order.length);
    }),
    { numRuns: 150, seed: 20_26 },
  );
  expect(reached.shown).toBe(LIMITS.simultaneousRings);
  expect(reached.waiting).toBeGreaterThan(0);
});
