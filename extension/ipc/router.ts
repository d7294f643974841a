import { isRequest, type Reply, type Target } from './envelope.ts';
import { isOwnSender, type MessageRuntime } from '../host/message-runtime.ts';

/** A context's handlers: one function, asynchronous or not, for each request of its protocol. */
export type Handlers<Protocol> = {
  [Name in keyof Protocol]: Protocol[Name] extends (payload: infer Payload) => Promise<infer Result>
    ? (payload: Payload) => Result | Promise<Result>
    : never;
};

/** Called with the error of a handler. */
export type OnFailure = (name: string, error: unknown) => void;

const answer = async (handler: (payload: object) => unknown, payload: object): Promise<Reply> => ({
  quickCall: 'done',
  value: await handler(payload),
});

/**
 * The one root listener of a context. It decides synchronously whether a message is for this context. An
 * `async` listener would answer every message, including those for other contexts, and could come before the
 * real answer.
 */
export const routeMessages = <Protocol extends object>(
  runtime: Pick<MessageRuntime, 'id' | 'root' | 'onMessage'>,
  target: Target,
  handlers: Handlers<Protocol>,
  onFailure: OnFailure,
): void => {
  // The payload has the type that the sender claims, because the check below makes sure that the sender is
  // the same build of the extension. Data from outside the browser is parsed where it arrives.
  const byName = new Map(Object.entries(handlers as unknown as Record<string, (payload: object) => unknown>));

  runtime.onMessage.addListener((message, sender, respond) => {
    if (!isOwnSender(sender, runtime) || !isRequest(message) || message.target !== target) return undefined;
    const { name, payload } = message;
    const reply = (value: Reply): void => {
      respond(value);
    };
    const handler = byName.get(name);
    if (!handler) {
      reply({ quickCall: 'failed', code: 'unknown-message' });
      return undefined;
    }
    answer(handler, payload).then(reply, (error: unknown) => {
      onFailure(name, error);
      reply({ quickCall: 'failed', code: 'handler-failed' });
    });
    return true;
  });
};
