import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { populate } from '../populate.ts';
import { median, quantile } from '../statistics.ts';
import { MESSAGES_A_CALL, type CallPair } from './call-phone.ts';
import { contestants, ours, type Contestant } from './contestants.ts';
import { driverLoad } from './driver-load.ts';
import { highestRate } from './highest-rate.ts';
import type { Options } from './options.ts';
import { passMessages } from './pass-messages.ts';
import { pause } from './pause.ts';
import { placeCalls } from './place-calls.ts';
import { Samples, type Result, type Section } from './results.ts';

/** The rate, in calls a second, at which the processor time of all servers is compared. */
const COMPARED_AT = 100;
/** The same for messages within calls, in messages a second. */
const MESSAGES = 2000;
const RINGS_WITHIN = 100;
/** Calls that warm a process up. */
const WARM_UP = { rate: 200, seconds: 5 };
/** The rates that are tried, in calls a second. Above `most`, the driver is the limit and not the server. */
const RATES = { from: 100, most: 1600 };

/** Measures one server once. */
const measure = async (contestant: Contestant, options: Options, samples: Samples): Promise<void> => {
  const { name } = contestant;
  const { seconds } = options;
  const server = await contestant.start();
  const pairs: CallPair[] = [];
  for (let i = 0; i < options.pairs; i += 1) pairs.push(await contestant.pair(server.url, i));
  await placeCalls(pairs, WARM_UP);

  const passed = await passMessages(pairs, { rate: MESSAGES, seconds: 2 * seconds }, () => server.cpu());
  samples.add(`${name}: message`, ((passed.after - passed.before) / passed.heard) * 1e6);

  const from = server.cpu();
  const compared = await placeCalls(pairs, { rate: COMPARED_AT, seconds: 2 * seconds });
  samples.add(`${name}: call message`, ((server.cpu() - from) / compared.done / MESSAGES_A_CALL) * 1e6);
  samples.add(`${name}: ring`, median(compared.ringing));
  samples.add(`${name}: ring p99`, quantile(compared.ringing, 0.99));

  const driver = { isFull: false };
  const best = await highestRate(RATES, async (rate) => {
    const load = driverLoad();
    const calls = await placeCalls(pairs, { rate, seconds });
    const isGood =
      calls.skipped === 0 && calls.done === calls.placed && quantile(calls.ringing, 0.99) <= RINGS_WITHIN;
    driver.isFull = !isGood && load() > 0.9;
    // Waits until the overload is over before the next measurement.
    await pause(500);
    return isGood;
  });
  samples.add(`${name}: rate`, best);
  if (driver.isFull || best >= RATES.most) samples.add(`${name}: driver is full`, 1);
  for (const { caller, callee } of pairs) {
    caller.close();
    callee.close();
  }
  await server.kill();
};

const OURS = 'Quick Call';
const WITH_CONTACTS = 'Quick Call, all with contacts online';

/** Part (b) measures whole calls, and messages within calls, over each server in turn. */
export const callsPart = async (options: Options, folder: string): Promise<Section[]> => {
  const people = 2 * options.pairs;
  const files = { pairs: join(folder, 'pairs.db'), contacts: join(folder, 'contacts.db') };
  const inPairs = await populate({ kind: 'sqlite', file: files.pairs }, people, 1);
  const withContacts = await populate({ kind: 'sqlite', file: files.contacts }, people, options.contacts);
  let copies = 0;
  const copyOf = (file: string) => async (): Promise<string> => {
    copies += 1;
    const copy = `${file}.${String(copies)}`;
    await copyFile(file, copy);
    return `sqlite:${copy}`;
  };
  const all = [
    ours(inPairs, { name: OURS, folder, database: copyOf(files.pairs) }),
    ...contestants(folder),
    ours(withContacts, { name: WITH_CONTACTS, folder, database: copyOf(files.contacts) }),
  ];

  const samples = new Samples();
  for (let repeat = 0; repeat < options.repeats; repeat += 1) {
    for (const contestant of all) {
      process.stderr.write(`calls, repeat ${String(repeat + 1)}: ${contestant.name}\n`);
      await measure(contestant, options, samples);
    }
  }

  const ratio = (what: string): number =>
    median(samples.of(`${OURS}: ${what}`)) / median(samples.of(`bare ws relay: ${what}`));
  const messageGoal = { goal: 'at most 2 × the bare relay', met: ratio('message') <= 2 };
  const rows = (what: string, unit: string, goal: Partial<Result> = {}): Result[] =>
    all.map(({ name }) => ({
      name,
      unit,
      samples: samples.of(`${name}: ${what}`),
      ...(name === OURS && goal),
      ...(what === 'rate' &&
        samples.of(`${name}: driver is full`).length > 0 && { note: 'the driver’s limit' }),
    }));
  return [
    {
      title: `whole calls a second with invite → incoming p99 ≤ ${String(RINGS_WITHIN)} ms, one core`,
      results: rows('rate', '/s', {
        goal: 'at least 300',
        met: median(samples.of(`${OURS}: rate`)) >= 300,
      }),
    },
    {
      title: `invite → incoming at ${String(COMPARED_AT)} calls a second: median, p99`,
      results: [...rows('ring', 'ms'), ...rows('ring p99', 'ms')],
    },
    {
      title: `processor time a relayed message, within calls that are up, at ${String(MESSAGES)} a second`,
      results: rows('message', 'µs', { ...messageGoal, note: `${ratio('message').toFixed(2)} ×` }),
    },
    {
      title: `processor time a relayed message of a whole call (a tenth of the call), at ${String(COMPARED_AT)} calls a second`,
      results: rows('call message', 'µs', {
        note: `${ratio('call message').toFixed(2)} × the bare relay, with checks, four writes and two histories`,
      }),
    },
  ];
};
