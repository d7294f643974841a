import type * as z from 'zod';
import type { Identity } from '../../account/accounts.ts';
import { refusalOf } from '../../../protocol/refusal-of.ts';
import { Refused } from '../../refused.ts';
import type { ApiRoute, NamedSchema } from './route.ts';

type About = Pick<ApiRoute, 'method' | 'path' | 'operationId' | 'summary' | 'problems'>;

interface Named<T extends z.ZodType> extends NamedSchema {
  schema: T;
}

/** @throws Refused `bad-request`, or what is wrong with a text in it */
const parse = <T extends z.ZodType>(schema: T, value: unknown): z.output<T> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problem = refusalOf(parsed.error);
  throw new Refused(problem.code, undefined, 'character' in problem ? problem.character : undefined);
};

/** A route that anyone may ask, with a body. */
export const publicPost = <B extends z.ZodType, R extends z.ZodType>(
  about: Omit<About, 'method'> & { body: Named<B>; result: Named<R> },
  handle: (body: z.output<B>, address: string) => Promise<z.input<R>>,
): ApiRoute => ({
  kind: 'api',
  method: 'post',
  security: null,
  status: 201,
  ...about,
  run: ({ body, address }) => handle(parse(about.body.schema, body), address),
});

/** A route that anyone may read. */
export const publicGet = <R extends z.ZodType>(
  about: Omit<About, 'method'> & { result: Named<R> },
  handle: () => Promise<NoInfer<z.input<R>>> | NoInfer<z.input<R>>,
): ApiRoute => ({
  kind: 'api',
  method: 'get',
  security: null,
  status: 200,
  body: null,
  ...about,
  run: async () => handle(),
});

/** A route for a signed-in device, without a body; it answers nothing but success. */
export const signedIn = (about: About, handle: (identity: Identity) => Promise<void>): ApiRoute => ({
  kind: 'api',
  security: 'token',
  status: 204,
  body: null,
  result: null,
  ...about,
  run: async ({ identity }) => {
    if (!identity) throw new Refused('unauthorized');
    await handle(identity);
  },
});

/** A route for a signed-in device, with a body; it answers nothing but success. */
export const signedInWith = <B extends z.ZodType>(
  about: About & { body: Named<B> },
  handle: (body: z.output<B>, identity: Identity) => Promise<void>,
): ApiRoute => ({
  kind: 'api',
  security: 'token',
  status: 204,
  result: null,
  ...about,
  run: async ({ body, identity }) => {
    if (!identity) throw new Refused('unauthorized');
    await handle(parse(about.body.schema, body), identity);
  },
});
