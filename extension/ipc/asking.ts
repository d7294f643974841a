import { isReply, MessageError, type Target } from './envelope.ts';
import type { MessageRuntime } from '../host/message-runtime.ts';

/** Sends a request of a context's protocol. Rejects with a {@link MessageError}. */
export type Ask<Protocol> = <Name extends keyof Protocol & string>(
  name: Name,
  payload: PayloadOf<Protocol[Name]>,
) => Promise<ResultOf<Protocol[Name]>>;

type PayloadOf<Method> = Method extends (payload: infer Payload) => unknown ? Payload : never;
type ResultOf<Method> = Method extends (payload: never) => Promise<infer Result> ? Result : never;

const NOBODY = Symbol('nobody');

interface Options {
  runtime: Pick<MessageRuntime, 'sendMessage'>;
  target: Target;
  /** Called when nobody answers, before the only retry. */
  wake?: () => Promise<void>;
}

/**
 * Creates the requesting half of a protocol. The usual case costs one message; only a missing answer wakes
 * the other context.
 */
export const createAsk = <Protocol>({ runtime, target, wake }: Options): Ask<Protocol> => {
  const send = async (name: string, payload: unknown): Promise<unknown> => {
    // If the context does not listen, the promise rejects or resolves to nothing, depending on other
    // listeners.
    const reply = await runtime.sendMessage({ target, name, payload }).catch(() => undefined);
    if (!isReply(reply)) return NOBODY;
    if (reply.quickCall === 'failed') throw new MessageError(reply.code, name);
    return reply.value;
  };

  return async (name, payload) => {
    let result = await send(name, payload);
    if (result === NOBODY && wake) {
      await wake();
      result = await send(name, payload);
    }
    if (result === NOBODY) throw new MessageError('no-answer', name);
    // The answer comes from the same build of the extension, which uses the same protocol.
    return result as ResultOf<Protocol[typeof name]>;
  };
};
