import { runtime } from '../host/runtime.ts';
import { createAsk } from './asking.ts';
import type { BackgroundProtocol } from './protocol.ts';

/** Asks the service worker, which the message starts when it sleeps. */
export const askBackground = createAsk<BackgroundProtocol>({ runtime, target: 'background' });
