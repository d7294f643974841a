import * as z from 'zod';
import { candidateSchema } from './candidate.ts';
import { descriptionSchema } from './description.ts';
import { LIMITS } from '../limits.ts';

/** ICE username fragment of the generation a signal belongs to (RFC 8445): 4–256 ice-chars. */
const ufragSchema = z.string().regex(/^[A-Za-z0-9+/]{4,256}$/);

/** Counts up within one phone and call, so that a signal that arrives twice is applied once. */
const seqSchema = z.int().nonnegative();

/** What the two phones of a call tell each other while they negotiate. */
export const signalSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('candidates'),
    seq: seqSchema,
    ufrag: ufragSchema,
    candidates: z.array(candidateSchema).min(1).max(LIMITS.candidatesPerGeneration),
  }),
  z.strictObject({
    kind: z.literal('description'),
    seq: seqSchema,
    ufrag: ufragSchema,
    description: descriptionSchema,
  }),
]);
export type Signal = z.infer<typeof signalSchema>;
