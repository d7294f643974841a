import * as z from 'zod';
import { callIdSchema } from '../../../protocol/ids.ts';
import { isClientEvent } from '../../../protocol/events.ts';
import type { Receive } from '../../transport/sockets/receive.ts';
import type { Tracer } from './tracer.ts';

const aboutCallSchema = z.object({ callId: callIdSchema });

/** Each event of a phone as a trace, by its name, with its result and the call it is about. */
export const traceReceive =
  (receive: Receive, tracer: Pick<Tracer, 'root'>): Receive =>
  (from, event, args) => {
    const name = isClientEvent(event) ? event : 'unknown event';
    const { data } = aboutCallSchema.safeParse(args[0]);
    return tracer.root(name, { ...(data && { 'quick_call.call_id': data.callId }) }, async (span) => {
      const answer = await receive(from, event, args);
      if (answer) span.tell({ 'quick_call.result': answer.ok ? 'ok' : answer.code });
      return answer;
    });
  };
