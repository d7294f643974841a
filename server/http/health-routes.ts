import * as z from 'zod';
import { Refused } from '../refused.ts';
import { publicGet } from './api-route.ts';
import type { Route } from './route.ts';

const result = { name: 'Health', schema: z.strictObject({ ok: z.literal(true) }) };

/** `/healthz`: the process answers. `/readyz`: it can serve, that is, the database answers and it is not stopping. */
export const healthRoutes = (deps: { ping: () => Promise<void>; isDraining: () => boolean }): Route[] => [
  publicGet(
    { path: '/healthz', operationId: 'health', summary: 'Whether the process answers', result, problems: [] },
    () => ({ ok: true }) as const,
  ),
  publicGet(
    {
      path: '/readyz',
      operationId: 'ready',
      summary: 'Whether the server can serve: its database answers, and it is not stopping',
      result,
      problems: ['unavailable'],
    },
    async () => {
      if (deps.isDraining()) throw new Refused('unavailable');
      await deps.ping().catch(() => {
        throw new Refused('unavailable');
      });
      return { ok: true } as const;
    },
  ),
];
