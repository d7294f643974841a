import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { HonestPair } from '../testkit/server/fuzz/honest-pair.ts';
import { WireAttacker } from '../testkit/server/fuzz/wire-attacker.ts';
import type { WireInput } from '../testkit/server/fuzz/wire-input.ts';
import { wireInputs } from '../testkit/server/fuzz/wire-inputs.ts';
import { run, started, type Running } from '../testkit/server/server-process.ts';
import { startRedis } from '../testkit/server/start-redis.ts';
import { temporaryFolder } from '../testkit/server/temporary-folder.ts';
import { createTestPeople } from '../testkit/server/test-people.ts';
import { testPostgres } from '../testkit/server/test-postgres.ts';
import { until } from '../testkit/server/until.ts';

/** How many inputs; `npm run fuzz` sends 200,000. */
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 2000);
/** A seed of its own for each long run, told so that it can be run again; the short one is always the same. */
const SEED = Number(process.env['FUZZ_SEED'] ?? (INPUTS > 2000 ? Date.now() % 2 ** 31 : 7));
/** Most of an attacker's time is waiting, so that many cost little; each has an account, which costs a hash. */
const ATTACKERS = 48;
/** How many inputs an attacker takes at a time. */
const BATCH = 10;
/** Milliseconds from one legitimate call to the next. */
const CALL_EVERY = 1000;
/**
 * The fewest calls a second that there must have been; what is missing to one is the busy machine's. Beside all the
 * other tests a call may take seconds, and only a server that is stuck can be told.
 */
const CALLS_A_SECOND = INPUTS > 2000 ? 0.8 : 0.2;
/** The least part of the connections that must get to `session:ready`; by the weights of the inputs it is a fifth. */
const READY = 0.15;
/** How much must be sent there, in segments for each input; by the weights of the inputs it is 0.4. */
const SENT_WHEN_READY = 0.3;
/** How many timers the pools of PostgreSQL and Redis may have added of their own; a leak would be of hundreds. */
const TIMERS = 20;
/** Milliseconds. A connection by polling that nobody goes on with is closed after 10 s, and gone after 30 s more. */
const LET_GO_WITHIN = 60_000;
/** A long run says how far it is. */
const PROGRESS = 10_000;
/** How many of the last inputs, or of the server's last words, are told when something went wrong. */
const LAST = 64;

const WITNESS = new URL('../testkit/server/fuzz/witness.ts', import.meta.url).href;

const heldSchema = z.object({
  /** Connections that others have opened. */
  accepted: z.number(),
  timers: z.number(),
  /** Everything else that keeps the process awake. */
  others: z.number(),
  /** How many streams and websockets the witness has looked at since the start. */
  watched: z.number(),
});
type Held = z.infer<typeof heldSchema>;

/** What the process holds, by its own account. */
const held = async (server: Running): Promise<Held> => {
  const lines = (): string[] => server.output().err.match(/^\{"level":30,"accepted":.*$/gm) ?? [];
  const before = lines().length;
  server.process.kill('SIGUSR2');
  await until('the witness answers', () => lines().length > before);
  return heldSchema.parse(JSON.parse(lines().at(-1) ?? ''));
};

/** The lines of standard error, which holds the log and nothing else. */
const linesOf = (server: Running): string[] =>
  server
    .output()
    .err.split('\n')
    .filter((line) => line !== '');
/** There is no error in the log. */
const unforeseen = (server: Running): string[] =>
  linesOf(server).filter((line) => !/^\{"level":[1-4]0,/.test(line));
const warnings = (server: Running): string[] =>
  linesOf(server).filter((line) => line.startsWith('{"level":40,'));

/** What the server's process has in memory, in MB; 0 where the system does not tell. */
const memoryOf = async (server: Running): Promise<number> => {
  if (process.platform !== 'linux') return 0;
  const status = await readFile(`/proc/${String(server.process.pid)}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
};

/** What the service is made of. */
const SHAPES: [string, () => Promise<Record<string, string>>][] = [
  ['SQLite and memory', () => Promise.resolve({})],
  [
    'PostgreSQL and Redis',
    async () => {
      const redis = await startRedis();
      onTestFinished(redis.stop);
      return { DATABASE_URL: await testPostgres(), REDIS_URL: redis.url };
    },
  ],
];

describe.each(SHAPES)('a server on %s', (shape, settings) => {
  it(
    `outlives ${String(INPUTS)} connections that keep to no protocol (seed ${String(SEED)})`,
    { timeout: 120_000 + INPUTS * 20 },
    async () => {
      const env = { RATE_LIMIT_FACTOR: '1000', METRICS_PORT: '0', ...(await settings()) };
      const server = run(temporaryFolder(), env, ['--import', WITNESS]);
      const url = await started(server);
      const metrics = /"metricsPort":(\d+)/.exec(server.output().err)?.[1] ?? '';
      const people = createTestPeople(url);
      const pair = await HonestPair.open(people);
      // Of one session the newest connection ends all others: with one for all, hardly anybody would come far.
      const tokens: string[] = [];
      while (tokens.length < ATTACKERS) {
        const two = [0, 1].map((more) => people.signUp(`mallory-${String(tokens.length + more)}`));
        for (const { token } of await Promise.all(two)) tokens.push(token);
      }
      await pair.call();
      const before = await held(server);
      const memoryBefore = await memoryOf(server);

      const loop = monitorEventLoopDelay();
      loop.enable();
      const over = new AbortController();
      let calls = 0;
      const honest = async (): Promise<void> => {
        while (!over.signal.aborted) {
          const next = sleep(CALL_EVERY, undefined, { signal: over.signal }).catch(() => undefined);
          await pair.call();
          calls += 1;
          await next;
        }
      };
      const doors = { main: url, metrics: `http://127.0.0.1:${metrics}` };
      const attackers = tokens.map((token) => new WireAttacker(doors, token));
      let sent = 0;
      const last: WireInput[] = [];
      const attack = async (attacker: WireAttacker): Promise<void> => {
        while (sent < INPUTS && server.process.exitCode === null && !over.signal.aborted) {
          const seed = SEED + sent;
          const batch = fc.sample(wireInputs, { numRuns: Math.min(BATCH, INPUTS - sent), seed });
          sent += batch.length;
          if (sent % PROGRESS === 0) {
            const so = `${String(sent)} inputs, ${String(calls)} calls, ${String(await memoryOf(server))} MB`;
            process.stdout.write(`wire fuzz, ${shape}: ${so}\n`);
          }
          for (const input of batch) {
            last.push(input);
            if (last.length > LAST) last.shift();
            await attacker.send(input);
          }
        }
        await attacker.close();
      };
      const ended = server.exit.then((code) => {
        const what = last.map((input) => JSON.stringify(input).slice(0, 300)).join('\n');
        throw new Error(`it ended with ${String(code)}: ${unforeseen(server).join('\n')}\nafter\n${what}`);
      });
      const at = performance.now();
      const calling = honest().catch(async (error: unknown) => {
        // When the server has ended, that is what is told.
        await Promise.race([ended, sleep(1000)]);
        // After a pause of this process its timers fire before what has arrived is read.
        const standstill = `this process paused for up to ${String(Math.round(loop.max / 1e6))} ms`;
        throw new Error(`no call; ${standstill}; ${warnings(server).slice(-LAST).join('\n')}`, {
          cause: error,
        });
      });
      await Promise.race([Promise.all(attackers.map(attack)), calling.then(() => sleep(2 ** 31 - 1)), ended]);
      const lasted = performance.now() - at;
      over.abort();
      await Promise.race([calling, ended]);

      // What they have left behind goes by itself. A pool may have opened what it keeps for a while.
      let after = await held(server);
      const letGo = await until(
        'everything is let go of',
        async () => {
          after = await held(server);
          return after.accepted <= before.accepted && after.timers <= before.timers + TIMERS;
        },
        LET_GO_WITHIN,
      ).then(
        () => true,
        () => false,
      );
      const seen = (what: string): number =>
        attackers.reduce((sum, attacker) => sum + (attacker.seen.get(what) ?? 0), 0);
      const sentWhenReady = attackers.reduce((sum, attacker) => sum + attacker.sentWhenReady, 0);
      const reached = ['101', '200', '400', '404', '408', '426', '431', 'connected', 'ready'];
      const memory = `${String(memoryBefore)} MB before, ${String(await memoryOf(server))} MB after`;
      process.stdout.write(
        `wire fuzz, ${shape}: ${String(sent)} inputs, seed ${String(SEED)}, ${(lasted / 1000).toFixed(1)} s, ` +
          `${String(calls)} calls; ${JSON.stringify(before)} before, ${JSON.stringify(after)} after; ${memory}; ` +
          `${reached.map((what) => `${what}: ${String(seen(what))}`).join(', ')}, ` +
          `sent when ready: ${String(sentWhenReady)}; ${String(warnings(server).length)} warnings\n`,
      );

      expect(unforeseen(server)).toEqual([]);
      expect(pair.violations).toEqual([]);
      expect(calls).toBeGreaterThanOrEqual(Math.floor((lasted / 1000) * CALLS_A_SECOND));
      // It was not turned away at the door.
      for (const what of ['101', '200', '404', 'connected']) expect(seen(what), what).toBeGreaterThan(0);
      expect(seen('ready')).toBeGreaterThanOrEqual(INPUTS * READY);
      expect(sentWhenReady).toBeGreaterThanOrEqual(INPUTS * SENT_WHEN_READY);
      // Sockets, and what ws makes for each websocket, which is two.
      expect(after.watched - before.watched).toBeGreaterThanOrEqual(sent + 2 * seen('ready'));
      expect(letGo, JSON.stringify({ before, after })).toBe(true);
      expect(server.process.exitCode).toBeNull();
      people.close();
    },
  );
});
