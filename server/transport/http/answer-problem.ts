import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { Problem } from '../../../protocol/errors.ts';
import { Refused, type RefusalCode } from '../../refused.ts';
import { PROBLEM_STATUS } from './problem-status.ts';

const RETRY_AFTER_S = '2';

/** Express's own errors (a body that is too large, no JSON, cut off, wrongly encoded) carry their HTTP status. */
const httpErrorSchema = z.object({ status: z.int().min(400).max(499) });

const codeOf = (error: unknown): RefusalCode => {
  if (error instanceof Refused) return error.code;
  const { data } = httpErrorSchema.safeParse(error);
  if (!data) return 'server-error';
  return data.status === 413 ? 'too-large' : 'bad-request';
};

/** Answers a refusal: its code as the body, and the status that goes with it. */
const sendProblem = (response: Response, body: Problem & { code: RefusalCode }): void => {
  const { code, retryAfter } = body;
  if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
  else if (PROBLEM_STATUS[code] === 503) response.set('Retry-After', RETRY_AFTER_S);
  response.status(PROBLEM_STATUS[code]).json(body);
};

/** The last handler: turns whatever was thrown into a code. */
export const answerProblem =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    const code = codeOf(error);
    if (code === 'server-error') log.error({ err: error }, 'a request failed');
    if (response.headersSent) next(error);
    else sendProblem(response, error instanceof Refused ? error.problem : { code });
  };
