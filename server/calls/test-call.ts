import type { IceServers } from '../../protocol/calls/call.ts';
import type { Ack } from '../../protocol/events.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { TestStep, TestTaken } from '../../protocol/calls/test-call.ts';
import type { Caller } from './call-record.ts';
import type { CallEmitter } from './ports.ts';

interface Deps {
  emitter: Pick<CallEmitter, 'toInstance'>;
  iceServers: (userId: UserId) => IceServers;
}

/** Sends each step of a phone's call to itself back to that phone: no ledger, no lock, no presence. */
export const createTestCall =
  ({ emitter, iceServers }: Deps) =>
  (from: Caller, step: TestStep): Promise<Ack<TestTaken>> => {
    emitter.toInstance(from.instanceId, 'call:test', step);
    return Promise.resolve({
      ok: true,
      ...(step.kind === 'offer' && { iceServers: iceServers(from.userId) }),
    });
  };
