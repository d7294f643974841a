import type { CallId } from '../../protocol/ids.ts';
import type { Sender } from '../sender.ts';
import type { Calls } from './create-calls.ts';
import { admit } from '../limits/admit.ts';
import type { CreateLimiter, Limiter } from '../limits/limiter.ts';

type Handlers = Calls['handlers'];

/**
 * Bounds what one phone sends about one call, so that the cost of a call to the server and the other side is
 * bounded, too. Invites have limits of their own.
 */
export const limitCallEvents = (handlers: Handlers, createLimiter: CreateLimiter): Handlers => {
  const events = createLimiter('events:call');
  const negotiations = createLimiter('negotiations:call');

  const counted =
    <P extends { callId: CallId }, R>(
      handle: (from: Sender, payload: P) => Promise<R>,
      limitersOf: (payload: P) => Limiter[],
    ) =>
    async (from: Sender, payload: P): Promise<R> => {
      // All limiters are asked at the same time, so that each event waits equally long and none overtakes another.
      await Promise.all(
        limitersOf(payload).map((limiter) => admit(limiter, `${from.sessionId} ${payload.callId}`)),
      );
      return handle(from, payload);
    };
  const plain = (): Limiter[] => [events];
  const negotiating = (): Limiter[] => [events, negotiations];

  return {
    'call:invite': handlers['call:invite'],
    'call:ringing': counted(handlers['call:ringing'], plain),
    'call:accept': counted(handlers['call:accept'], plain),
    'call:signal': counted(handlers['call:signal'], ({ signal }) =>
      signal.kind === 'description' ? negotiating() : plain(),
    ),
    'call:connected': counted(handlers['call:connected'], plain),
    'call:sources': counted(handlers['call:sources'], plain),
    // A hang-up is never refused, whatever came before.
    'call:end': counted(handlers['call:end'], () => []),
    'call:move': counted(handlers['call:move'], negotiating),
    'call:resume': counted(handlers['call:resume'], plain),
    'call:ice-servers': counted(handlers['call:ice-servers'], plain),
  };
};
