import type { ErrorCode, Problem } from '../protocol/errors.ts';

/** A code that a request can be refused with; `glare` is no error but an answer, and carries more. */
export type RefusalCode = Exclude<ErrorCode, 'glare'>;

/** A request is refused. Thrown in a handler, answered to the client as its code. */
export class Refused extends Error {
  override name = 'Refused';
  readonly code: RefusalCode;
  /** Whole seconds until it may be tried again; with `rate-limited` only. */
  readonly retryAfter: number | undefined;

  /** What a text may not hold; with `bad-character` only. */
  readonly character: Problem['character'];

  constructor(code: RefusalCode, retryAfter?: number, character?: Problem['character']) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
    this.character = character;
  }

  /** As an answer carries it. */
  get problem(): Problem & { code: RefusalCode } {
    const { code, retryAfter, character } = this;
    return { code, ...(retryAfter !== undefined && { retryAfter }), ...(character && { character }) };
  }
}
