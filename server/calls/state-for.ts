import type { CallState } from '../../protocol/calls/call.ts';
import { isMover, sideOf, type Call } from './call.ts';
import type { Sender } from '../sender.ts';

/** How the call stands, in the eyes of one phone. */
export const stateFor = (call: Call, from: Sender): CallState => {
  const { callId, v } = call;
  const side = sideOf(call, from.instanceId);
  if (call.silenced && call.calleeId === from.userId) {
    return { callId, v: v + 1, state: 'ended', reason: 'declined' };
  }
  if (isMover(call, from.instanceId)) return { callId, v, state: 'connecting' };
  if (call.callee !== null && side === null) {
    const reason = call.lineId === null ? 'answered-elsewhere' : 'continued-elsewhere';
    return { callId, v, state: 'ended', reason };
  }
  switch (call.state) {
    case 'ringing':
      return { callId, v, state: 'ringing', alerting: call.alerting };
    case 'connecting':
      return {
        callId,
        v,
        state: 'connecting',
        ...(side === 'caller' && call.answer !== null && { answer: call.answer }),
      };
    case 'active':
      return { callId, v, state: 'active', ...(call.lineId !== null && { lineId: call.lineId }) };
    case 'ended':
      return { callId, v, state: 'ended', reason: call.reason ?? 'server-error' };
  }
};
