// Three nodes, a hundred phones, and everything that can break: npm run test:chaos
//   CHAOS_SEED=7 npm run test:chaos     repeats the faults of that seed, in the same order
import { writeFileSync } from 'node:fs';
import { actAtRandom, type Scene } from './actions.ts';
import { countBranches } from './branches.ts';
import { checkEvidence } from './checks/check-evidence.ts';
import { Crowd } from './crowd.ts';
import type { Evidence } from './evidence.ts';
import { causeFaults } from './faults.ts';
import { FollowDatabase } from './follow-database.ts';
import { Journal } from './journal.ts';
import { Random } from './random.ts';
import { readRedis } from './read-redis.ts';
import { report } from './report.ts';
import { Service } from './service.ts';
import { atRest, comeBack, hangUpAll, lookAround } from './settle.ts';
import { letRing, loseTwo } from './surely.ts';
import { pause, waitFor } from './wait-for.ts';

const SIZE = { people: 50, devices: 2 } as const;
/** Milliseconds between two actions. */
const EVERY = 50;
/** Milliseconds before the first fault. */
const WARM_UP = 8_000;

const seed = Number(process.env['CHAOS_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const run = async (service: Service): Promise<boolean> => {
  const random = new Random(seed);
  const journal = new Journal();
  const { balancer } = service;
  const records = new FollowDatabase(service.databaseUrl);
  const crowd = await Crowd.gather(SIZE, { balancer, journal, random });
  const scene: Scene = { crowd, balancer, journal, random, order: new Random(seed + 1) };
  await waitFor(() => crowd.devices.every(({ phone }) => phone.isOnline), 30_000);
  say(`${String(SIZE.people)} people are there`);
  const acting = setInterval(() => {
    actAtRandom(scene);
  }, EVERY);
  await Promise.all([pause(WARM_UP), letRing(scene)]);
  await loseTwo(scene);
  let back: ReadonlyMap<string, number> = new Map();
  const onLast = async (until: number): Promise<void> => {
    clearInterval(acting);
    back = await comeBack(scene, until);
  };
  await causeFaults(service, scene, { onLast, say });
  await hangUpAll(service, scene);
  const shown = await lookAround(scene);
  const database = await records.read();
  records.stop();
  const evidence: Evidence = {
    held: journal.held,
    shownEnds: journal.shownEnds,
    acknowledgedEnds: journal.acknowledgedEnds,
    invites: journal.invites,
    sent: journal.sent,
    seenEntries: journal.seenEntries,
    faults: journal.faults,
    runningCalls: journal.runningCalls,
    attempts: journal.attempts,
    violations: journal.violations,
    phones: atRest(scene, back),
    shown,
    database,
    redis: await readRedis(service.redis.url),
    branches: countBranches(journal, service.logged, database),
  };
  const results = checkEvidence(evidence);
  say(report(journal, evidence, results));
  const log = process.env['CHAOS_LOG'];
  if (log !== undefined) writeFileSync(log, service.logged);
  return results.every(({ findings }) => findings.length === 0);
};

say(`seed ${String(seed)}`);
const start = Date.now();
const service = await Service.start();
const stop = (code: number): void => {
  void service.stop().finally(() => process.exit(code));
};
// No server is left behind, whatever happens here.
process.once('uncaughtException', (error) => {
  say(String(error.stack));
  stop(1);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(130));
let passed = false;
try {
  passed = await run(service);
} finally {
  say(
    `${passed ? 'passed' : 'FAILED'} after ${((Date.now() - start) / 1000).toFixed(0)} s, with CHAOS_SEED=${String(seed)}`,
  );
  stop(passed ? 0 : 1);
}
