import { PeerError } from './peer-error.ts';

/**
 * Runs asynchronous steps one after the other. When the signal aborts, every
 * waiting caller is rejected with `closed`: a closed connection never settles
 * the promises it has given.
 */
export class SerialQueue {
  readonly #signal: AbortSignal;
  #tail: Promise<unknown> = Promise.resolve();
  #length = 0;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Steps that wait or run. */
  get length(): number {
    return this.#length;
  }

  run<T>(step: () => Promise<T>): Promise<T> {
    if (this.#signal.aborted) return Promise.reject(new PeerError('closed'));
    this.#length += 1;
    const result = this.#tail.then(step).finally(() => {
      this.#length -= 1;
    });
    this.#tail = result.catch(() => undefined);
    return this.untilClosed(result);
  }

  /** `promise`, or a rejection with `closed` when the signal aborts first. */
  untilClosed<T>(promise: Promise<T>): Promise<T> {
    const { promise: result, resolve, reject } = Promise.withResolvers<T>();
    const close = (): void => {
      reject(new PeerError('closed'));
    };
    if (this.#signal.aborted) close();
    this.#signal.addEventListener('abort', close, { once: true });
    promise.then(resolve, reject).finally(() => {
      this.#signal.removeEventListener('abort', close);
    });
    return result;
  }
}
