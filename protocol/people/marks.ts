import * as z from 'zod';
import { userIdSchema } from '../ids.ts';

/** A person's marks of a contact; nobody else ever sees them. */
export const marksSchema = z.strictObject({
  favourite: z.boolean(),
  /** A favourite whose calls ring even during "do not disturb". */
  ringsThrough: z.boolean(),
});
export type Marks = z.infer<typeof marksSchema>;

/** A person without marks. */
export const NO_MARKS: Marks = { favourite: false, ringsThrough: false };

/** The marks of one contact, in requests and in news. Only favourites can ring through. */
export const contactMarkSchema = z
  .strictObject({ userId: userIdSchema, ...marksSchema.shape })
  .refine(({ favourite, ringsThrough }) => favourite || !ringsThrough);
export type ContactMark = z.infer<typeof contactMarkSchema>;
