import { runtime } from '../host/runtime.ts';
import { askBackground } from './ask-background.ts';
import { createAsk } from './asking.ts';
import type { PhoneProtocol } from './protocol.ts';

/**
 * Asks the phone from a page. If nobody answers, the service worker makes it and the question is
 * repeated. (The worker has its own way: it cannot send a message to itself.)
 */
export const askPhone = createAsk<PhoneProtocol>({
  runtime,
  target: 'phone',
  wake: () => askBackground('ensure-phone', {}),
});
