import type { Step } from './call-phone.ts';
import type { RelayDialect } from './relayed-phone.ts';

const CALL_ID = /"callId":"([^"]+)"/;
const STEP = /"step":"(\w+)"/;

/** Steps as everybody here writes them; read without parsing what surrounds them, to keep the driver light. */
const readStep = (message: string): { step: Step; callId: string } | null => {
  const step = STEP.exec(message)?.[1];
  switch (step) {
    case 'invite':
    case 'ringing':
    case 'accept':
    case 'candidates':
    case 'connected':
    case 'end':
      return { step, callId: CALL_ID.exec(message)?.[1] ?? '' };
    default:
      return null;
  }
};

/** Of `bare-relay-server.ts`. */
export const BARE: RelayDialect = {
  address: (url, name) => `${url.replace('http', 'ws')}/${name}`,
  write: (to, step, content) => JSON.stringify({ to, step, content }),
  read: readStep,
};

/** The only messages that a PeerJS server passes on; what is meant is in the payload. */
const PEER_TYPES: Readonly<Record<Step, string>> = {
  invite: 'OFFER',
  ringing: 'CANDIDATE',
  accept: 'ANSWER',
  candidates: 'CANDIDATE',
  connected: 'CANDIDATE',
  end: 'LEAVE',
};

/** Of PeerJS' server. */
export const PEER: RelayDialect = {
  address: (url, name) => `${url.replace('http', 'ws')}/peerjs?key=peerjs&id=${name}&token=${name}`,
  write: (dst, step, content) => JSON.stringify({ type: PEER_TYPES[step], dst, payload: { step, content } }),
  read: readStep,
};
