import * as z from 'zod';

/**
 * Every reason for refusing a request. The list is closed: both ends switch on it exhaustively, and only the
 * user interface turns a code into words.
 */
export const ERROR_CODES = [
  // the request itself
  'bad-request',
  'bad-character',
  'nothing-visible',
  'too-large',
  'not-found',
  'rate-limited',
  // who is asking
  'unauthorized',
  'wrong-credentials',
  'superseded',
  'version-too-old',
  'version-too-new',
  'origin-refused',
  // accounts
  'username-taken',
  'invite-needed',
  'invite-invalid',
  'registration-closed',
  'sign-in-refused',
  'wrong-password',
  'sign-in-again',
  'not-a-picture',
  'account-deleted',
  // placing a call
  'not-allowed',
  'unreachable',
  'do-not-disturb',
  'busy',
  'in-another-call',
  'glare',
  // a call that is, or was
  'unknown-call',
  'answered-elsewhere',
  'call-ended',
  'wrong-state',
  // the server
  'overloaded',
  'unavailable',
  'storage-full',
  'server-error',
] as const;

export const errorCodeSchema = z.enum(ERROR_CODES);

/** A code both ends agree on; see {@link ERROR_CODES}. */
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** Whole seconds until a request that was refused as `rate-limited` may be repeated. */
export const retryAfterSchema = z.int().min(1).max(86_400);

/** A character that a text may not contain, by its code point: `U+202E`. */
export const characterSchema = z.templateLiteral(['U+', z.string().regex(/^[0-9A-F]{4,6}$/)]);

/** The body of every refused REST request and the `data` of a refused handshake. */
export const problemSchema = z.strictObject({
  code: errorCodeSchema,
  /** With `rate-limited` only. */
  retryAfter: retryAfterSchema.optional(),
  /** With `bad-character` only. */
  character: characterSchema.optional(),
});
export type Problem = z.infer<typeof problemSchema>;
