import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Attacker } from '../testkit/server/fuzz/attacker.ts';
import { HonestPair } from '../testkit/server/fuzz/honest-pair.ts';
import { inputs } from '../testkit/server/fuzz/inputs.ts';
import { portOf, run, started, type Running } from '../testkit/server/server-process.ts';
import { temporaryFolder } from '../testkit/server/temporary-folder.ts';
import { createTestPeople } from '../testkit/server/test-people.ts';

/** How many inputs; `npm run fuzz` sends 200,000. */
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 2000);
/** A seed of its own for each long run, told so that it can be run again; the short one is always the same. */
const SEED = Number(process.env['FUZZ_SEED'] ?? (INPUTS > 2000 ? Date.now() % 2 ** 31 : 7));
/** So many a second, so that a legitimate call each second is 300 of them in the long run. */
const PER_SECOND = 500;
const ATTACKERS = 4;
/** Milliseconds between two legitimate calls. */
const CALL_EVERY = 1000;
/**
 * Milliseconds below which a median may more than double. Nobody notices 50; and of a few calls beside all the other
 * tests only a server that is stuck can be told.
 */
const UNNOTICED = INPUTS > 2000 ? 50 : 1000;
/** How much the heap may have grown once everybody is gone and what was for a time is forgotten, in bytes. */
const HEAP_GROWTH = 24 * 1024 * 1024;
/** Ended calls are remembered for two minutes; in milliseconds. */
const FORGOTTEN_WITHIN = 180_000;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

interface Measured {
  heap: number;
  phones: number;
  files: number;
}

/** What the server counts about itself, after its garbage was collected. */
const measure = async (server: Running): Promise<Measured> => {
  server.process.kill('SIGUSR2');
  const port = /"metricsPort":(\d+)/.exec(server.output().err)?.[1] ?? '';
  await sleep(300);
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const valueOf = (name: string): number =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  return {
    heap: valueOf('nodejs_heap_size_used_bytes'),
    phones: valueOf('quick_call_phones'),
    files: process.platform === 'linux' ? valueOf('process_open_fds') : 0,
  };
};

const COLLECT = `data:text/javascript,${encodeURIComponent('process.on("SIGUSR2", () => gc())')}`;

describe('a server that is sent everything but what it expects', () => {
  it(
    `takes ${String(INPUTS)} hostile inputs and goes on connecting calls (seed ${String(SEED)})`,
    { timeout: 120_000 + FORGOTTEN_WITHIN + (INPUTS / PER_SECOND) * 4000 },
    async () => {
      const server = run(temporaryFolder(), { RATE_LIMIT_FACTOR: '1000', METRICS_PORT: '0' }, [
        '--expose-gc',
        ...['--import', COLLECT],
      ]);
      await started(server);
      const url = `http://127.0.0.1:${portOf(server)}`;
      const people = createTestPeople(url);
      const pair = await HonestPair.open(people);
      const calm: number[] = [];
      for (let i = 0; i < 20; i += 1) calm.push(await pair.call());

      const signedUp = await Promise.all(
        Array.from({ length: ATTACKERS }, (_, i) => people.signUp(`mallory${String(i)}`)),
      );
      const attackers = signedUp.map((who) => new Attacker(people, url, who));
      const [target] = signedUp;
      if (!target) throw new Error('nobody to aim at');
      const aims = { ...target.account, sessionId: target.sessionId, callId: randomUUID() };
      const before = await measure(server);

      const over = new AbortController();
      const stormy: number[] = [];
      const honest = (async () => {
        while (!over.signal.aborted) {
          const at = performance.now();
          stormy.push(await pair.call());
          await sleep(Math.max(0, CALL_EVERY - (performance.now() - at)));
        }
      })();
      const arbitrary = inputs(aims);
      let sent = 0;
      const attack = async (attacker: Attacker, index: number): Promise<void> => {
        const batch = 100;
        const every = (1000 * batch * ATTACKERS) / PER_SECOND;
        const share = Math.ceil(INPUTS / ATTACKERS);
        for (let done = 0; done < share; done += batch) {
          const at = performance.now();
          const seed = SEED + index + done * ATTACKERS;
          for (const input of fc.sample(arbitrary, { numRuns: Math.min(batch, share - done), seed })) {
            await attacker.send(input);
            sent += 1;
          }
          await sleep(Math.max(0, every - (performance.now() - at)));
        }
      };
      await Promise.race([Promise.all(attackers.map(attack)), honest]);
      over.abort();
      await honest;
      for (const attacker of attackers) attacker.close();

      expect(attackers.flatMap(({ wrong }) => wrong)).toEqual([]);
      expect(sent).toBeGreaterThanOrEqual(INPUTS);
      expect(server.process.exitCode).toBeNull();
      expect(pair.violations).toEqual([]);
      // Errors are for what the server did not foresee.
      expect(
        server
          .output()
          .err.split('\n')
          .filter((line) => /"level":[56]0/.test(line)),
      ).toEqual([]);

      expect(stormy.length).toBeGreaterThanOrEqual(Math.floor((0.9 * INPUTS) / PER_SECOND));
      expect(median(stormy)).toBeLessThanOrEqual(Math.max(2 * median(calm), UNNOTICED));

      let after = await measure(server);
      while (after.phones > 2) after = await measure(server);
      const until = performance.now() + FORGOTTEN_WITHIN;
      while (after.heap - before.heap > HEAP_GROWTH && performance.now() < until) {
        await sleep(5000);
        after = await measure(server);
      }
      expect(after.heap - before.heap).toBeLessThan(HEAP_GROWTH);
      // The attackers' sockets are gone; a few of the pool's threads may have opened the database since.
      expect(after.files - before.files).toBeLessThanOrEqual(8);

      const codes = attackers.flatMap((attacker) => [...attacker.codes]);
      const reached = new Set(codes.map(([code]) => code));
      // It did not stop at the first check: some of it was understood, and refused for what it wanted.
      for (const code of ['bad-request', 'unknown-call', 'not-found', 'unauthorized'])
        expect(reached).toContain(code);
      process.stdout.write(
        `fuzz: ${String(sent)} inputs, seed ${String(SEED)}, ${String(stormy.length)} calls; median set-up ` +
          `${median(calm).toFixed(1)} ms before, ${median(stormy).toFixed(1)} ms meanwhile; heap ` +
          `${((after.heap - before.heap) / 1e6).toFixed(1)} MB more; codes ${[...reached].sort().join(' ')}\n`,
      );
      people.close();
    },
  );
});
