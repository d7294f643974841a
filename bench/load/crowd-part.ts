import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../tools/free-port.ts';
import type { Resident } from '../../testkit/server/add-residents.ts';
import { populate } from '../populate.ts';
import { median, quantile } from '../statistics.ts';
import { openCrowd, tokensOf } from './crowd.ts';
import { createFirstChanges } from './first-changes.ts';
import type { MeasuredProcess } from './measured-process.ts';
import { openLoop } from './open-loop.ts';
import type { Options } from './options.ts';
import { pause } from './pause.ts';
import { Samples, type Result, type Section } from './results.ts';
import { startOurs, startScript } from './start-servers.ts';

/** How long a crowd rests before memory is read, in milliseconds, so that garbage from connecting is collected. */
const REST = 10_000;
/** How long idling and status changes are each measured, in seconds: one round of heartbeats. */
const WATCHED = 15;
/** Seconds between two status changes of one person. */
const CHANGES_EVERY = 600;
const FIRST_CHANGES = 300;
const MOST_MEMORY = 45;
const UP_WITHIN = 20;

const goal = (text: string, met: boolean): Pick<Result, 'goal' | 'met'> => ({ goal: text, met });

/** The share of a core that the server uses during an activity. */
const shareDuring = async (server: MeasuredProcess, work: () => Promise<unknown>): Promise<number> => {
  const [cpu, at] = [server.cpu(), performance.now()];
  await work();
  return ((server.cpu() - cpu) * 1000) / (performance.now() - at);
};

/** One life of our server with everybody connected, and its restart. */
const measureOurs = async (
  residents: readonly Resident[],
  { file, folder, contacts, samples }: { file: string; folder: string; contacts: number; samples: Samples },
): Promise<void> => {
  const start = async (port: number) => startOurs({ database: `sqlite:${file}`, folder, port });
  const port = await freePort();
  const server = await start(port);
  await pause(2_000);
  const before = server.memory();
  const firstChanges = createFirstChanges();
  const began = performance.now();
  const crowd = openCrowd(server.url, tokensOf(residents), {
    onEvent: (event) => {
      firstChanges.onEvent(event);
    },
  });
  await crowd.allUp();
  samples.add('up', (performance.now() - began) / 1000);
  samples.add('up cpu', server.cpu());
  await pause(REST);
  samples.add('memory', (server.memory() - before) / residents.length / 1024);
  samples.add('idle', (await shareDuring(server, () => pause(WATCHED * 1000))) * 100);

  let changes = 0;
  const rate = residents.length / CHANGES_EVERY;
  const changing = await shareDuring(server, () =>
    openLoop({ rate, seconds: WATCHED }, () => {
      // The changes are spread evenly over all people, so that nobody changes twice.
      const index = (changes * 7919) % residents.length;
      changes += 1;
      crowd.phones[index]?.send('presence:set', { status: 'do-not-disturb' });
    }),
  );
  samples.add('changing', changing * 100);
  const took = await firstChanges.measure(crowd, residents, { changes: FIRST_CHANGES, contacts });
  samples.add('first change', median(took));
  samples.add('first change p95', quantile(took, 0.95));

  const killed = performance.now();
  await server.kill();
  const again = await start(port);
  await crowd.allUp();
  samples.add('up again', (performance.now() - killed) / 1000);
  crowd.close();
  await again.kill();
};

/** The same number of connections to plain Socket.IO. */
const measureStock = async (options: Options, folder: string, samples: Samples): Promise<void> => {
  const server = await startScript('load/stock-rooms-server.ts', folder, [String(options.contacts)]);
  await pause(2_000);
  const before = server.memory();
  const tokens = Array.from({ length: options.people }, (_, i) => `person-${String(i)}`);
  const crowd = openCrowd(server.url, tokens, { first: 'ready' });
  await crowd.allUp();
  await pause(REST);
  samples.add('stock memory', (server.memory() - before) / options.people / 1024);
  crowd.close();
  await server.kill();
};

/** Parts (a) and (c) measure everybody connected, at rest, with changes of status, and after a restart. */
export const crowdPart = async (options: Options, folder: string): Promise<Section[]> => {
  const { people, contacts } = options;
  const untouched = join(folder, 'crowd.db');
  const residents = await populate({ kind: 'sqlite', file: untouched }, people, contacts);
  const samples = new Samples();
  for (let repeat = 0; repeat < options.repeats; repeat += 1) {
    process.stderr.write(`crowd, repeat ${String(repeat + 1)}\n`);
    // Each repeat takes a fresh database, because the last one keeps every status that somebody chose.
    const file = join(folder, `crowd-${String(repeat)}.db`);
    await copyFile(untouched, file);
    await measureOurs(residents, { file, folder, contacts, samples });
    await measureStock(options, folder, samples);
  }
  const of = (key: string, name: string, unit: string, more: Partial<Result> = {}): Result => ({
    name,
    unit,
    samples: samples.of(key),
    ...more,
  });
  const atMost = (key: string, most: number, unit: string) =>
    goal(`at most ${String(most)} ${unit}`, median(samples.of(key)) <= most);
  return [
    {
      title: `${String(people)} people connected, with ${String(contacts)} contacts each`,
      results: [
        of('memory', 'process memory a connected person', 'KB', atMost('memory', MOST_MEMORY, 'KB')),
        of('stock memory', `… a stock Socket.IO connection in ${String(contacts)} rooms`, 'KB'),
        of('idle', 'processor at rest (heartbeats), of one core', '%'),
        of('changing', `… with a change of status a person every ${String(CHANGES_EVERY / 60)} minutes`, '%'),
        of('first change', 'a first change has reached all contacts: median', 'ms'),
        of('first change p95', '… 95th percentile', 'ms', atMost('first change p95', 50, 'ms')),
        of('up', 'all sign in at once: all up with full lists', 's'),
        of('up cpu', '… processor time of that, with the start', 's'),
        of('up again', 'killed and started again: all up', 's', atMost('up again', UP_WITHIN, 's')),
      ],
    },
  ];
};
