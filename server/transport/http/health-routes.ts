import * as z from 'zod';
import { publicGet } from './api-route.ts';
import type { Route } from './route.ts';

/** Milliseconds. A check that takes longer has failed, so that a probe gets an answer. */
const CHECK_WITHIN = 2000;

const result = { name: 'Health', schema: z.strictObject({ ok: z.literal(true) }) };

/** Whether something answers; rejects when it does not. */
export type Check = () => Promise<void>;

const passes = async (check: Check): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, CHECK_WITHIN, false);
  });
  const done = check().then(
    () => true,
    () => false,
  );
  const passed = await Promise.race([done, late]);
  clearTimeout(timer);
  return passed;
};

type Checks = Readonly<Record<string, Check>>;

const results = async (checks: Checks): Promise<Record<string, boolean>> => {
  const entries = Object.entries(checks).map(async ([name, check]) => [name, await passes(check)] as const);
  return Object.fromEntries(await Promise.all(entries));
};

/**
 * `/healthz`: the process answers. `/readyz`: it can serve, that is, everything it needs answers and it is not
 * stopping; says which of them does not, but not why.
 */
export const healthRoutes = (deps: {
  /** What the server cannot do without, by the names in the answer. */
  needs: Checks;
  /**
   * What is reported beside: its failure is no reason to send people elsewhere, because the server does what it can
   * without.
   */
  uses: Checks;
  /** What waits for the operator's decision: reported beside as `false`, and no reason to send people elsewhere. */
  waits?: () => Promise<readonly string[]>;
  isDraining: () => boolean;
}): Route[] => [
  publicGet(
    { path: '/healthz', operationId: 'health', summary: 'Whether the process answers', result, problems: [] },
    () => ({ ok: true }) as const,
  ),
  {
    kind: 'plain',
    method: 'get',
    path: '/readyz',
    operationId: 'ready',
    summary:
      'Whether the server can serve (503: it cannot), with each thing it needs, and whether it is stopping',
    produces: 'application/json',
    problems: [],
    async serve(_request, response) {
      const draining = deps.isDraining();
      const waiting = (deps.waits?.() ?? Promise.resolve([])).catch((): readonly string[] => []);
      const [needed, used] = await Promise.all([results(deps.needs), results(deps.uses)]);
      // If the database does not answer, that is reported already.
      const waits = Object.values(needed).every(Boolean) ? await waiting : [];
      const asked = Object.fromEntries(waits.map((name) => [name, false]));
      const ok = !draining && Object.values(needed).every(Boolean);
      response.set('Cache-Control', 'no-store');
      response.status(ok ? 200 : 503).json({ ok, draining, checks: { ...needed, ...used, ...asked } });
    },
  },
];
