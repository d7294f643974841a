import type { ErrorCode } from '../protocol/errors.ts';

/** A code that a request can be refused with; `glare` is no error but an answer, and carries more. */
export type RefusalCode = Exclude<ErrorCode, 'glare'>;

/** A request is refused. Thrown in a handler, answered to the client as its code. */
export class Refused extends Error {
  override name = 'Refused';
  readonly code: RefusalCode;
  /** Whole seconds until it may be tried again; with `rate-limited` only. */
  readonly retryAfter: number | undefined;

  constructor(code: RefusalCode, retryAfter?: number) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
