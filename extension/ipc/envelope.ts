/** The contexts that answer requests: the offscreen document and the service worker. */
export type Target = 'phone' | 'background';

/** A request between two contexts of this extension. JSON: no `Map`, no `Date`, no `undefined`. */
export interface Request {
  target: Target;
  name: string;
  payload: object;
}

/** Why a request has no result. Expected problems of a command are part of its result instead. */
export type MessageProblem = 'no-answer' | 'unknown-message' | 'handler-failed';

/** The answer to a request. `quickCall` distinguishes it from other listeners' answers. */
export type Reply =
  | { quickCall: 'done'; value?: unknown }
  | { quickCall: 'failed'; code: Exclude<MessageProblem, 'no-answer'> };

/** A request was not answered, or its handler threw. */
export class MessageError extends Error {
  readonly code: MessageProblem;

  constructor(code: MessageProblem, name: string) {
    super(`${code}: ${name}`);
    this.name = 'MessageError';
    this.code = code;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export const isRequest = (message: unknown): message is Request =>
  isObject(message) &&
  'target' in message &&
  (message.target === 'phone' || message.target === 'background') &&
  'name' in message &&
  typeof message.name === 'string' &&
  'payload' in message &&
  isObject(message.payload);

export const isReply = (answer: unknown): answer is Reply =>
  isObject(answer) && 'quickCall' in answer && (answer.quickCall === 'done' || answer.quickCall === 'failed');
