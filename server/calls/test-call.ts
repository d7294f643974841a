import type { Ack } from '../../protocol/events.ts';
import type { TestStep } from '../../protocol/test-call.ts';
import type { Caller } from './call-record.ts';
import type { CallEmitter } from './ports.ts';

/** Sends each step of a phone's call to itself back to that phone: no ledger, no lock, no presence. */
export const createTestCall =
  (emitter: Pick<CallEmitter, 'toInstance'>) =>
  (from: Caller, step: TestStep): Promise<Ack<object>> => {
    emitter.toInstance(from.instanceId, 'call:test', step);
    return Promise.resolve({ ok: true });
  };
