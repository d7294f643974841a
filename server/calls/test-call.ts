import type { IceServers } from '../../protocol/calls/call.ts';
import type { Ack } from '../../protocol/events.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { TestStep, TestTaken } from '../../protocol/calls/test-call.ts';
import type { Sender } from '../sender.ts';
import type { Emitter } from '../emitter.ts';

interface Deps {
  emitter: Pick<Emitter, 'toInstance'>;
  iceServers: (userId: UserId) => IceServers;
}

/** Sends each step of a phone's call to itself back to that phone: no ledger, no lock, no presence. */
export const createTestCall =
  ({ emitter, iceServers }: Deps) =>
  (from: Sender, step: TestStep): Promise<Ack<TestTaken>> => {
    emitter.toInstance(from.instanceId, 'call:test', step);
    return Promise.resolve({
      ok: true,
      ...(step.kind === 'offer' && { iceServers: iceServers(from.userId) }),
    });
  };
