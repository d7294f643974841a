import type * as z from 'zod';
import { lineProblemSchema, type LineProblem } from './line-schema.ts';

/**
 * Why something does not fit its schema: what is wrong with a text, if the schema knows, otherwise
 * `bad-request`.
 */
export const refusalOf = ({ issues }: z.ZodError): LineProblem | { code: 'bad-request' } => {
  for (const issue of issues) {
    const { data } = lineProblemSchema.safeParse(issue.code === 'custom' ? issue.params : null);
    if (data) return data;
  }
  return { code: 'bad-request' };
};
