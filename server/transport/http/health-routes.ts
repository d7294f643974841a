import * as z from 'zod';
import { Refused, type RefusalCode } from '../../refused.ts';
import { publicGet } from './api-route.ts';
import type { Route } from './route.ts';

/** Milliseconds. A check that takes longer has failed, so that a probe gets an answer. */
const CHECK_WITHIN = 2000;

const result = { name: 'Health', schema: z.strictObject({ ok: z.literal(true) }) };

/** Whether something answers; rejects when it does not. */
export type Check = () => Promise<void>;

/** `failed`: the check rejected without a refusal, or took too long. */
type Outcome = 'ok' | 'failed' | RefusalCode;

const outcomeOf = async (check: Check): Promise<Outcome> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(resolve, CHECK_WITHIN, 'failed');
  });
  const done = check().then(
    () => 'ok' as const,
    (error: unknown) => (error instanceof Refused ? error.code : 'failed'),
  );
  const outcome = await Promise.race([done, late]);
  clearTimeout(timer);
  return outcome;
};

type Checks = Readonly<Record<string, Check>>;

const outcomesOf = (checks: Checks): Promise<{ name: string; outcome: Outcome }[]> =>
  Promise.all(
    Object.entries(checks).map(async ([name, check]) => ({ name, outcome: await outcomeOf(check) })),
  );

/**
 * `/healthz`: the process answers. `/readyz`: it can serve, that is, everything it needs answers and it is not
 * stopping. `checks` says which part fails, `why` gives the code of the refusal if there was one.
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
      const [needed, used] = await Promise.all([outcomesOf(deps.needs), outcomesOf(deps.uses)]);
      const isUsable = needed.every(({ outcome }) => outcome === 'ok');
      // If the database does not answer, `database: false` says so already.
      const waits = isUsable ? await waiting : [];
      const all = [...needed, ...used];
      const checks = Object.fromEntries([
        ...all.map(({ name, outcome }) => [name, outcome === 'ok'] as const),
        ...waits.map((name) => [name, false] as const),
      ]);
      const why = Object.fromEntries(
        all.flatMap(({ name, outcome }) =>
          outcome === 'ok' || outcome === 'failed' ? [] : [[name, outcome]],
        ),
      );
      const ok = !draining && isUsable;
      response.set('Cache-Control', 'no-store');
      response
        .status(ok ? 200 : 503)
        .json({ ok, draining, checks, ...(Object.keys(why).length > 0 && { why }) });
    },
  },
];
