import type { PhoneEvent } from './event.ts';
import { isLive, type Phone } from './phone.ts';
import { reconnect } from './reconnect.ts';
import { endHere, handled, stale, type Step } from './step.ts';

type PeerEventKind = 'peer-connected' | 'peer-interrupted' | 'peer-failed' | 'peer-hung-up' | 'setup-failed';

/** What the peer connection of the current call reports. */
export const onPeer = (phone: Phone, event: Extract<PhoneEvent, { kind: PeerEventKind }>): Step => {
  const { current: call } = phone;
  if (!isLive(call) || call.callId !== event.callId) return stale(phone);
  const { callId, at } = event;
  switch (event.kind) {
    case 'setup-failed':
      return endHere(phone, call, event.cause, at, event.cause);
    case 'peer-hung-up':
      return endHere(phone, call, event.cause ?? 'hung-up', at, event.cause);
    case 'peer-connected': {
      if (call.kind !== 'connecting' && call.kind !== 'reconnecting') return stale(phone);
      const { peer, media, v, side } = call;
      const connectedAt =
        call.kind === 'reconnecting' ? call.connectedAt : (call.handOver?.connectedAt ?? at);
      const nextLink = call.kind === 'reconnecting' ? call.nextLink : null;
      const current = { kind: 'active', callId, peer, media, v, side, connectedAt, nextLink } as const;
      return call.kind === 'connecting'
        ? handled({ ...phone, current }, { kind: 'confirm', callId })
        : handled({ ...phone, current });
    }
    case 'peer-interrupted':
    case 'peer-failed': {
      if (call.kind === 'active') return reconnect(phone, call, at);
      const searching = call.kind === 'connecting' || call.kind === 'reconnecting';
      if (!searching || event.kind === 'peer-interrupted') return stale(phone);
      return handled(phone, { kind: 'restart-ice', callId, because: 'silence' });
    }
  }
};
