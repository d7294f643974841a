import { createAsk } from '../messaging/asking.ts';
import type { PhoneProtocol } from '../messaging/protocol.ts';
import { ensureOffscreenDocument } from '../platform/offscreen-document.ts';
import { runtime } from '../platform/runtime.ts';

/** Asks the phone from the worker, which makes it if nobody answers. */
export const askPhone = createAsk<PhoneProtocol>({ runtime, target: 'phone', wake: ensureOffscreenDocument });
