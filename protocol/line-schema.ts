import * as z from 'zod';
import { characterSchema } from './errors.ts';
import { cleanLine, codePointOf, harmlessLine, isVisible, refusedIn } from './one-line.ts';

/** Why a text is refused, as a parameter of the schema's issue. */
export const lineProblemSchema = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('bad-character'), character: characterSchema }),
  z.strictObject({ code: z.literal('nothing-visible') }),
]);
export type LineProblem = z.infer<typeof lineProblemSchema>;

/** Fails a check with a reason that `refusalOf` finds in the issue. */
export const failLine = (context: z.core.$RefinementCtx, problem: LineProblem): void => {
  context.addIssue({ code: 'custom', params: problem });
};

/**
 * A line that somebody types: cleaned, with a visible character, without refused characters, and 1 to
 * `length` code points long.
 */
export const typedLineSchema = (length: number): z.ZodString =>
  z
    .string()
    // Limits the raw text before cleaning: a code point has at most two UTF-16 units, and as many removed
    // marks are allowed.
    .max(4 * length, { abort: true })
    .overwrite(cleanLine)
    .refine((text) => Array.from(text).length <= length)
    .superRefine((text, context) => {
      const refused = refusedIn(text);
      if (refused !== null) failLine(context, { code: 'bad-character', character: codePointOf(refused) });
      else if (!isVisible(text)) failLine(context, { code: 'nothing-visible' });
    });

/**
 * A line that the server sends. It may have been typed under other rules, or checked by another version of
 * Unicode. Harmful characters are removed, and the line is never a reason to refuse the whole message.
 */
export const toldLineSchema = (length: number): z.ZodString =>
  z
    .string()
    .max(4 * length, { abort: true })
    .overwrite(harmlessLine);
