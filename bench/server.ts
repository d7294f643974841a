// How the embedded server carries presence, beside one that broadcasts the full list.
//   npm run bench:server                    5,000 people with 50 contacts each
//   npm run bench:server -- --people 1000
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LightPhone, loopbackAddress } from './light-phone.ts';
import { populate, type Resident } from './populate.ts';
import { median, quantile } from './statistics.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '5000' },
    contacts: { type: 'string', default: '50' },
    changes: { type: 'string', default: '300' },
    repeats: { type: 'string', default: '3' },
  },
});
const [people, contacts, changes, repeats] = [
  Number(values.people),
  Number(values.contacts),
  Number(values.changes),
  Number(values.repeats),
];
/** Sizes at which the bytes of a sign-in are shown. */
const SIZES = [500, 1_000, 2_000, 5_000].filter((size) => size <= people);

const fromRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'quick-call-bench-'));

/** Pins a process to a core where the machine can: the server to one, this driver to the other. */
const PINNED = process.platform === 'linux' && cpus().length > 1;
const pinned = (core: number, command: string[]): string[] =>
  PINNED ? ['taskset', '-c', String(core), ...command] : command;
if (PINNED) spawn('taskset', ['-cp', '1', String(process.pid)], { stdio: 'ignore' });

const start = async (
  script: string,
  env: Record<string, string>,
  portIn: RegExp,
): Promise<{ url: string; child: ChildProcess; stop: () => Promise<void> }> => {
  const [command = '', ...args] = pinned(0, [process.execPath, script]);
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const found = portIn.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => {
      reject(new Error(`did not start: ${printed}`));
    });
  });
  const stop = async (): Promise<void> => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return { url: `http://127.0.0.1:${port}`, child, stop };
};

const startOurs = (file: string) =>
  start(
    fromRoot('server/main.ts'),
    { PORT: '0', LOG_LEVEL: 'error', DATABASE_URL: `sqlite:${file}`, DIRECTORY: 'contacts' },
    /127\.0\.0\.1:(\d+)/,
  );

type Hear = (event: string, at: number) => void;

/** All of them sign in at once. */
const signIn = async (url: string, residents: readonly Resident[], hear?: Hear): Promise<LightPhone[]> => {
  const phones = residents.map(
    ({ token }, index) =>
      new LightPhone(
        url,
        { token, localAddress: loopbackAddress(index) },
        hear &&
          ((event) => {
            hear(event, performance.now());
          }),
      ),
  );
  await Promise.all(phones.map((phone) => phone.ready));
  return phones;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How long until a first change has reached all contacts, in milliseconds, for people drawn evenly. */
const measureChanges = async (residents: readonly Resident[], url: string): Promise<number[]> => {
  const waiting = new Map<string, { left: number; done: (at: number) => void }>();
  const phones = await signIn(url, residents, (event, at) => {
    if (!event.startsWith('["presence:changed"') || !event.includes('"away"')) return;
    const userId = /"userId":"([^"]+)"/.exec(event)?.[1] ?? '';
    const change = waiting.get(userId);
    if (!change) return;
    change.left -= 1;
    if (change.left === 0) change.done(at);
  });
  // The arrivals' own changes are merged for 250 ms; what is measured is a first change.
  await pause(2_000);
  const took: number[] = [];
  for (let i = 0; i < changes; i += 1) {
    const index = Math.floor((i * residents.length) / changes);
    const [who, phone] = [residents[index], phones[index]];
    if (!who || !phone) continue;
    const { promise, resolve } = Promise.withResolvers<number>();
    waiting.set(who.userId, { left: contacts, done: resolve });
    const sent = performance.now();
    phone.send('presence:set', { status: 'away' });
    took.push((await promise) - sent);
  }
  for (const phone of phones) phone.close();
  return took;
};

const row = (name: string, value: string, target = ''): void => {
  console.log(`${name.padEnd(58)} ${value.padStart(26)}  ${target}`);
};
const spread = (samples: readonly number[], unit: string, digits = 0): string =>
  `${median(samples).toFixed(digits)} ${unit} (${Math.min(...samples).toFixed(digits)}–${Math.max(...samples).toFixed(digits)})`;

console.log(
  `Node ${process.version}, ${String(cpus().length)} × ${cpus()[0]?.model ?? 'CPU'}, ${String(people)} people with ${String(contacts)} contacts each, ${String(repeats)} repeats${PINNED ? ', server and driver pinned to a core each' : ''}\n`,
);

const untouched = join(folder, 'people.db');
const residents = await populate(untouched, people, contacts);
const allUp: number[] = [];
const p95s: number[] = [];
const retries: number[] = [];
const medians: number[] = [];
for (let repeat = 0; repeat < repeats; repeat += 1) {
  // Each time anew: whoever was made away stays so in the database.
  const file = join(folder, `run-${String(repeat)}.db`);
  await copyFile(untouched, file);
  const storm = await startOurs(file);
  const began = performance.now();
  const phones = await signIn(storm.url, residents);
  allUp.push((performance.now() - began) / 1000);
  retries.push(phones.reduce((sum, phone) => sum + phone.retries, 0));
  for (const phone of phones) phone.close();
  await storm.stop();
  const calm = await startOurs(file);
  const took = await measureChanges(residents, calm.url);
  p95s.push(quantile(took, 0.95));
  medians.push(median(took));
  await calm.stop();
}
row(
  `${String(people)} devices sign in at once: all up with full lists`,
  spread(allUp, 's', 1),
  'at most 15 s',
);
row('… connections that had to be tried again', spread(retries, ''));
row('a first status change has reached all contacts: median', spread(medians, 'ms', 1));
row('… 95th percentile', spread(p95s, 'ms', 1), 'at most 50 ms');

console.log('\nbytes that one sign-in makes the server send, to everybody together');
const growth: { people: number; ours: number; fullList: number }[] = [];
for (const size of SIZES) {
  const smaller = join(folder, `people-${String(size)}.db`);
  const all = await populate(smaller, size, contacts);
  const ours = await startOurs(smaller);
  const phones = await signIn(ours.url, all.slice(1));
  await pause(2_000);
  const sum = (some: readonly LightPhone[]): number =>
    some.reduce((total, phone) => total + phone.received, 0);
  const before = sum(phones);
  const [newcomer] = await signIn(ours.url, all.slice(0, 1));
  await pause(1_000);
  const oursBytes = sum(phones) - before + (newcomer?.received ?? 0);
  for (const phone of [...phones, newcomer]) phone?.close();
  await ours.stop();

  const full = await start(fromRoot('bench/full-list-server.ts'), {}, /^(\d+)$/m);
  const crowd = all
    .slice(1)
    .map(
      (_, index) =>
        new LightPhone(
          full.url,
          { token: `quiet-${String(index)}`, localAddress: loopbackAddress(index) },
          undefined,
          'users',
        ),
    );
  await Promise.all(crowd.map((phone) => phone.ready));
  const beforeFull = sum(crowd);
  const last = new LightPhone(full.url, { token: 'newcomer', localAddress: '127.0.0.1' }, undefined, 'users');
  await last.ready;
  // The list goes to everybody; the last of them has it once no byte has come for a second.
  let seen = -1;
  while (seen !== sum(crowd)) {
    seen = sum(crowd);
    await pause(1_000);
  }
  const fullBytes = seen - beforeFull + last.received;
  for (const phone of [...crowd, last]) phone.close();
  await full.stop();
  growth.push({ people: size, ours: oursBytes, fullList: fullBytes });
  row(
    `${String(size)} people`,
    `${(oursBytes / 1000).toFixed(1)} kB`,
    `full list to everybody: ${(fullBytes / 1e6).toFixed(1)} MB`,
  );
}

await mkdir(fromRoot('artifacts'), { recursive: true });
await writeFile(
  fromRoot('artifacts/bench-server.json'),
  JSON.stringify({ at: new Date().toISOString(), people, contacts, allUp, medians, p95s, growth }, null, 2),
);
await rm(folder, { recursive: true, force: true });
