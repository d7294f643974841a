import { runtime } from '../host/runtime.ts';
import { createAsk } from './asking.ts';
import type { BackgroundProtocol } from './protocol.ts';

/** Sends a request to the service worker; the message starts a sleeping worker. */
export const askBackground = createAsk<BackgroundProtocol>({ runtime, target: 'background' });
