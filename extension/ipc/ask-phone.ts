import { runtime } from '../host/runtime.ts';
import { askBackground } from './ask-background.ts';
import { createAsk } from './asking.ts';
import type { PhoneProtocol } from './protocol.ts';

/**
 * Sends a request from a page to the phone. If the phone does not answer, the service worker starts it and
 * the request is repeated. (The worker has its own function, because it cannot send a message to itself.)
 */
export const askPhone = createAsk<PhoneProtocol>({
  runtime,
  target: 'phone',
  wake: () => askBackground('ensure-phone', {}),
});
