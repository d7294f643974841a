// Measures how long a call takes from click to picture, beside a page with nothing but the browser's own parts.
//   npm run bench:call                   ten calls after a warm-up
//   npm run bench:call -- --calls 100    with the 95th percentile and its interval
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { jsonOf, tableOf, type Row } from './report.ts';
import { median } from './statistics.ts';
import { writeTone } from './tone.ts';

const { values } = parseArgs({ options: { calls: { type: 'string', default: '10' } } });
const calls = Number(values.calls);
if (!Number.isInteger(calls) || calls < 1) throw new Error('--calls takes a whole number from 1.');

const fromRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'quick-call-bench-'));
const tone = join(folder, 'tone.wav');
await writeTone(tone);
// The built extension, and beside its pages one with almost nothing in it, to compare windows with.
const extension = join(folder, 'extension');
await cp(process.env['EXTENSION_DIST'] ?? fromRoot('dist'), extension, { recursive: true });
await writeFile(join(extension, 'empty.html'), '<!doctype html><title>Empty</title><p>Empty</p>');
process.env['EXTENSION_DIST'] = extension;

// These modules read the extension's folder when they are loaded.
const { Person } = await import('../e2e/support/person.ts');
const { startServer } = await import('../e2e/support/start-server.ts');
const phones = await import('./measured-phone.ts');
const { ARRIVALS, ourCall } = await import('./our-call.ts');
const { bareCall } = await import('./bare-page.ts');
const { openBarePages } = await import('./open-bare-pages.ts');
const { startRelay } = await import('./relay.ts');
const { processorTime } = await import('./processor-time.ts');
const { farApart, ROUND_TRIP } = await import('./far-apart.ts');
const { restartGaps } = await import('./restart-gaps.ts');

const [server, relay] = await Promise.all([startServer(), startRelay()]);
/** Pictures a second, as many as real cameras give. */
const FPS = 20;
const args = [`--use-file-for-fake-audio-capture=${tone}`];
const [caller, callee] = await Promise.all([
  Person.signedUp('Ada', server.url, { args, fps: FPS }),
  Person.signedUp('Grace', server.url, { args, fps: FPS }),
]);
const [bareCaller, bareCallee] = await openBarePages([caller, callee], relay.url);
if (!bareCaller || !bareCallee) throw new Error('Two pages were asked for.');
for (const person of [caller, callee]) await phones.measure(person);

const samples = new Map<string, number[]>();
const add = (name: string, from: number | undefined, to: number | undefined): void => {
  if (from === undefined || to === undefined || Number.isNaN(to - from))
    throw new Error(`A moment is missing for: ${name}`);
  samples.set(name, [...(samples.get(name) ?? []), to - from]);
};

const oneRound = async (): Promise<void> => {
  const [ofBareCaller, ofBareCallee] = await bareCall(bareCaller, bareCallee);
  add('bare ring', ofBareCaller['invite'], ofBareCallee['ringing']);
  const ours = await ourCall(caller, callee, true);
  add('ring', ours.clicked, ours.ringing);
  for (const [side, bare, our] of [
    ['callee', ofBareCallee, ours.callee],
    ['caller', ofBareCaller, ours.caller],
  ] as const) {
    for (const moment of ARRIVALS) {
      add(`bare ${moment} ${side}`, ofBareCallee['accept'], bare[moment]);
      add(`${moment} ${side}`, ours.accepted, our[moment]);
    }
  }
  add(
    'release',
    ours.hungUp,
    Math.max(ours.caller['stopped'] ?? Number.NaN, ours.callee['stopped'] ?? Number.NaN),
  );
  const answered = await ourCall(caller, callee, false);
  add('seen', answered.accepted, answered.frameSeen);
  add('empty window', 0, await phones.emptyWindow(callee));
  add('popup', 0, await phones.popupPainted(callee));
};

const version = caller.browser.context.browser()?.version() ?? '';
await oneRound();
samples.clear();
for (let round = 1; round <= calls; round++) {
  await oneRound();
  process.stderr.write(`\rcall ${String(round)} of ${String(calls)}`);
}
process.stderr.write('\n');

const seldom = Math.ceil(calls / 3);
for (let round = 0; round < seldom; round++) {
  const sent: number[] = [];
  const { accepted } = await ourCall(caller, callee, true, async () => {
    sent.push(...(await Promise.all([caller, callee].map(phones.fullSizeSent))));
  });
  add('full size', accepted, Math.max(...sent));
}

/**
 * The processor time of both browsers during half a minute of a call in which nothing happens. Both kinds of call
 * have windows of one size.
 */
const used = (): Promise<number> =>
  processorTime(
    [caller, callee].map(({ browser }) => browser.protocol),
    30_000,
  );
for (const person of [caller, callee]) await phones.keepSize(person);
for (const page of [bareCaller, bareCallee]) await page.setViewportSize({ width: 960, height: 680 });
for (let round = 0; round < seldom; round++) {
  await bareCall(bareCaller, bareCallee, async () => {
    for (const page of [bareCaller, bareCallee]) {
      await page.bringToFront();
      await page.evaluate(() => {
        window.bare.show();
      });
    }
    add('bare processor', 0, await used());
  });
  await ourCall(caller, callee, true, async () => {
    add('processor', 0, await used());
  });
}
await Promise.all([caller.close(), callee.close()]);
await Promise.all([server.stop(), relay.close()]);

// Separate networks need Linux and root.
const networks = process.platform === 'linux' && process.getuid?.() === 0;
if (networks) {
  const far = await farApart(calls, args);
  samples.set('far', far.ours).set('bare far', far.bare);
  const gaps = await restartGaps(calls);
  samples.set('gap added', gaps.added).set('gap replaced', gaps.replaced);
}

const get = (name: string): number[] => samples.get(name) ?? [];
const atMost = (value: number, limit: number, text: string): { met: boolean; text: string } => ({
  met: value <= limit,
  text,
});
const compared = (name: string, key: string, ratio: number | null): Row => ({
  name,
  samples: get(key),
  bare: get(`bare ${key}`),
  ...(ratio === null
    ? {}
    : {
        target: atMost(
          median(get(key)) / median(get(`bare ${key}`)),
          ratio,
          `at most ${String(ratio)} × bare`,
        ),
      }),
});
const networkRows = (): Row[] => {
  const quickest = median(get('first-frame callee'));
  return [
    {
      ...compared(`Accept → first frame, callee, ${String(ROUND_TRIP)} ms away`, 'far', null),
      target: atMost(
        median(get('far')),
        3 * ROUND_TRIP + quickest + 30,
        `at most 3 round trips + ${quickest.toFixed(0)} + 30`,
      ),
    },
    ...(['added', 'replaced'] as const).map((how) => ({
      name: `gap of sound, address ${how}`,
      samples: get(`gap ${how}`),
      target: atMost(median(get(`gap ${how}`)), 1_000, 'at most 1000'),
    })),
  ];
};
const emptyWindow = median(get('empty window'));
const rows: Row[] = [
  {
    ...compared('click → ringing at the callee', 'ring', null),
    target: atMost(median(get('ring')) - median(get('bare ring')), 40, 'at most 40 above bare'),
  },
  compared('Accept → first frame, callee', 'first-frame callee', 0.85),
  compared('Accept → first frame, caller', 'first-frame caller', 1),
  compared('Accept → connected, callee', 'connected callee', 0.5),
  compared('Accept → connected, caller', 'connected caller', 0.5),
  compared('Accept → first sound, callee', 'first-sound callee', null),
  compared('Accept → first sound, caller', 'first-sound caller', null),
  {
    name: 'Accept → frame seen in a new window',
    samples: get('seen'),
    target: atMost(
      median(get('seen')),
      emptyWindow + 100,
      `at most empty window (${emptyWindow.toFixed(0)}) + 100`,
    ),
  },
  { name: 'empty window opened and painted', samples: get('empty window') },
  {
    name: 'hang-up → capture stopped, both sides',
    samples: get('release'),
    target: atMost(median(get('release')), 200, 'at most 200'),
  },
  {
    name: 'popup opened → first contact painted',
    samples: get('popup'),
    target: atMost(median(get('popup')), 100, 'at most 100'),
  },
  { name: 'Accept → 720 lines sent, both sides', samples: get('full size') },
  compared('processor time of 30 s, all processes', 'processor', 1.15),
  ...(networks ? networkRows() : []),
];

const header = `Chromium ${version}, Node ${process.version}, ${String(cpus().length)} × ${cpus()[0]?.model ?? 'CPU'}, ${String(calls)} calls`;
const table = tableOf(rows, calls >= 20);
console.log(`${header}\n\n${table}`);
await mkdir(fromRoot('artifacts'), { recursive: true });
await writeFile(fromRoot('artifacts/bench-call.txt'), `${header}\n\n${table}\n`);
await writeFile(
  fromRoot('artifacts/bench-call.json'),
  JSON.stringify({ at: new Date().toISOString(), header, rows: jsonOf(rows) }, null, 2),
);

if (!networks)
  console.error('Not measured here, for want of Linux and root: what takes a network of its own.');
await rm(folder, { recursive: true, force: true });
