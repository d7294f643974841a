import type { Step } from './call-phone.ts';
import type { RelayDialect } from './relayed-phone.ts';

const CALL_ID = /"callId":"([^"]+)"/;
const STEP = /"step":"(\w+)"/;

/** Finds the step in the text of any server's message without parsing the rest, to keep the driver light. */
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

/** The dialect of `bare-relay-server.ts`. */
export const BARE: RelayDialect = {
  address: (url, name) => `${url.replace('http', 'ws')}/${name}`,
  write: (to, step, content) => JSON.stringify({ to, step, content }),
  read: readStep,
};
