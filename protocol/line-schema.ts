import * as z from 'zod';
import { characterSchema } from './errors.ts';
import { cleanLine, codePointOf, harmlessLine, isVisible, refusedIn } from './one-line.ts';

/** Why a text is refused, as an issue of its schema carries it. */
export const lineProblemSchema = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('bad-character'), character: characterSchema }),
  z.strictObject({ code: z.literal('nothing-visible') }),
]);
export type LineProblem = z.infer<typeof lineProblemSchema>;

/** Fails a check with its reason, which `refusalOf` finds again. */
export const failLine = (context: z.core.$RefinementCtx, problem: LineProblem): void => {
  context.addIssue({ code: 'custom', params: problem });
};

/** A line that somebody types: cleaned, with something to see, nothing refused, and 1 to `length` code points. */
export const typedLineSchema = (length: number): z.ZodString =>
  z
    .string()
    // Before anything is done with it; a code point has at most two units, and marks that go may be as many.
    .max(4 * length, { abort: true })
    .overwrite(cleanLine)
    .refine((text) => Array.from(text).length <= length)
    .superRefine((text, context) => {
      const refused = refusedIn(text);
      if (refused !== null) failLine(context, { code: 'bad-character', character: codePointOf(refused) });
      else if (!isVisible(text)) failLine(context, { code: 'nothing-visible' });
    });

/**
 * A line that a server tells, typed when other rules held or judged by another version of Unicode: what would do harm is
 * taken out, and it is no reason to refuse all that comes with it.
 */
export const toldLineSchema = (length: number): z.ZodString =>
  z
    .string()
    .max(4 * length, { abort: true })
    .overwrite(harmlessLine);
