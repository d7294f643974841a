import { runtime } from '../host/runtime.ts';
import type { BackgroundProtocol, PhoneProtocol } from './protocol.ts';
import { routeMessages, type Handlers, type OnFailure } from './router.ts';

interface Protocols {
  phone: PhoneProtocol;
  background: BackgroundProtocol;
}

/** Answers all requests to this context. Call it once, synchronously, at the top of the context's entry. */
export const serve = <T extends keyof Protocols>(
  target: T,
  handlers: Handlers<Protocols[T]>,
  onFailure: OnFailure,
): void => {
  routeMessages<Protocols[T]>(runtime, target, handlers, onFailure);
};
