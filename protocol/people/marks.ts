import * as z from 'zod';
import { userIdSchema } from '../ids.ts';

/** What a person marks a contact with; nobody else ever sees it. */
export const marksSchema = z.strictObject({
  favourite: z.boolean(),
  /** A favourite who rings even while the person does not want to be disturbed. */
  ringsThrough: z.boolean(),
});
export type Marks = z.infer<typeof marksSchema>;

/** One person without a mark. */
export const NO_MARKS: Marks = { favourite: false, ringsThrough: false };

/** The marks of one contact: as a wish and as news. Only favourites ring through. */
export const contactMarkSchema = z
  .strictObject({ userId: userIdSchema, ...marksSchema.shape })
  .refine(({ favourite, ringsThrough }) => favourite || !ringsThrough);
export type ContactMark = z.infer<typeof contactMarkSchema>;
