import { createAsk } from '../../ipc/asking.ts';
import type { PhoneProtocol } from '../../ipc/protocol.ts';
import { ensureOffscreenDocument } from '../offscreen-document.ts';
import { runtime } from '../runtime.ts';

/** Asks the phone from the worker, which makes it if nobody answers. */
export const askPhone = createAsk<PhoneProtocol>({ runtime, target: 'phone', wake: ensureOffscreenDocument });
