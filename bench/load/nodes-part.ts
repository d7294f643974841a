import { join } from 'node:path';
import { startPostgres, type TestPostgres } from '../../testkit/server/start-postgres.ts';
import { startRedis } from '../../testkit/server/start-redis.ts';
import type { Resident } from '../../testkit/server/add-residents.ts';
import { populate } from '../populate.ts';
import { median } from '../statistics.ts';
import { MESSAGES_A_CALL, type CallPair } from './call-phone.ts';
import { ourPair } from './contestants.ts';
import type { MeasuredProcess } from './measured-process.ts';
import type { Options } from './options.ts';
import { passMessages } from './pass-messages.ts';
import { placeCalls } from './place-calls.ts';
import { childrenNamed, processorTimeOf } from './process-times.ts';
import { Samples, type Section } from './results.ts';
import { startOurs } from './start-servers.ts';

/** Calls a second, few enough for four nodes and both databases on two cores. */
const CALLS = 40;
const MESSAGES = 400;
const WARM_UP = { rate: 40, seconds: 4 };

/** The parts of a service. */
interface Shape {
  readonly name: string;
  readonly nodes: number;
  readonly database: string;
  readonly redis?: string;
  readonly residents: readonly Resident[];
}

/** Seconds of processor time that all nodes, Redis and PostgreSQL have used so far. */
interface Used {
  readonly nodes: number;
  readonly redis: number;
  readonly postgres: number;
}

const usedBy = (nodes: readonly MeasuredProcess[]): Used => {
  const sum = (some: readonly number[]): number => some.reduce((total, one) => total + one, 0);
  const named = (name: string): number => sum(childrenNamed(name).map(processorTimeOf));
  return {
    nodes: sum(nodes.map((node) => node.cpu())),
    redis: named('redis-server'),
    postgres: named('postgres'),
  };
};

const PARTS = ['nodes', 'redis', 'postgres'] as const;

const measure = async (
  shape: Shape,
  { pairs: count, seconds }: Options,
  folder: string,
  samples: Samples,
) => {
  const nodes: MeasuredProcess[] = [];
  for (let i = 0; i < shape.nodes; i += 1) {
    nodes.push(
      await startOurs({
        database: shape.database,
        folder,
        ...(shape.redis !== undefined && { redis: shape.redis }),
      }),
    );
  }
  const urlOf = (index: number): string => nodes[index % nodes.length]?.url ?? '';
  const pairs: CallPair[] = [];
  for (let i = 0; i < count; i += 1) {
    // With more than one node, the two people of a pair are always on different nodes.
    pairs.push(await ourPair({ caller: urlOf(i), callee: urlOf(i + 1) }, shape.residents, i));
  }
  await placeCalls(pairs, WARM_UP);

  const add = (what: string, before: Used, after: Used, messages: number): void => {
    for (const part of PARTS) {
      samples.add(`${shape.name}: ${what} ${part}`, ((after[part] - before[part]) / messages) * 1e6);
    }
  };
  const pace = { rate: MESSAGES, seconds: 2 * seconds };
  const passed = await passMessages(pairs, pace, () => usedBy(nodes));
  add('message', passed.before, passed.after, passed.heard);
  const beforeCalls = usedBy(nodes);
  const calls = await placeCalls(pairs, { rate: CALLS, seconds: 2 * seconds });
  add('call', beforeCalls, usedBy(nodes), calls.done * MESSAGES_A_CALL);
  samples.add(`${shape.name}: ring`, median(calls.ringing));
  samples.add(`${shape.name}: lost`, calls.placed - calls.done);

  for (const { caller, callee } of pairs) {
    caller.close();
    callee.close();
  }
  for (const node of nodes) await node.kill();
};

const shapesOf = async (
  options: Options,
  { folder, postgres, redis }: { folder: string; postgres: TestPostgres; redis: string },
): Promise<Shape[]> => {
  const people = 2 * options.pairs;
  const file = join(folder, 'nodes.db');
  await postgres.createDatabase('nodes');
  const database = postgres.url('nodes');
  const inFile = await populate({ kind: 'sqlite', file }, people, 1);
  const inPostgres = await populate({ kind: 'postgres', url: database }, people, 1);
  return [
    { name: 'one node, memory and SQLite', nodes: 1, database: `sqlite:${file}`, residents: inFile },
    ...[1, 2, 4].map((nodes) => ({
      name: `${String(nodes)} node${nodes === 1 ? '' : 's'}, Redis and PostgreSQL`,
      nodes,
      database,
      redis,
      residents: inPostgres,
    })),
  ];
};

/**
 * Part (d) measures what a message costs with one, two and four nodes; all nodes share one core, the databases the
 * other.
 */
export const nodesPart = async (options: Options, folder: string): Promise<Section[]> => {
  const postgres = await startPostgres();
  const redis = await startRedis();
  const samples = new Samples();
  try {
    const shapes = await shapesOf(options, { folder, postgres, redis: redis.url });
    for (let repeat = 0; repeat < options.repeats; repeat += 1) {
      for (const shape of shapes) {
        process.stderr.write(`nodes, repeat ${String(repeat + 1)}: ${shape.name}\n`);
        await measure(shape, options, folder, samples);
        // Redis is emptied, because killed nodes leave data in it.
        await redis.empty();
      }
    }
    const rows = (what: string) =>
      shapes.map(({ name }) => ({
        name,
        unit: 'µs',
        samples: samples.of(`${name}: ${what} nodes`),
        note: `Redis ${median(samples.of(`${name}: ${what} redis`)).toFixed(0)} µs, PostgreSQL ${median(samples.of(`${name}: ${what} postgres`)).toFixed(0)} µs`,
      }));
    return [
      {
        title: `processor time a relayed message within calls that are up, all nodes together, ${String(MESSAGES)} a second`,
        results: rows('message'),
      },
      {
        title: `processor time a relayed message of a whole call, all nodes together, ${String(CALLS)} calls a second`,
        results: rows('call'),
      },
      {
        title: 'invite → incoming, median; the two people on different nodes',
        results: shapes.map(({ name }) => ({
          name,
          unit: 'ms',
          samples: samples.of(`${name}: ring`),
          note: `${String(samples.of(`${name}: lost`).reduce((a, b) => a + b, 0))} calls lost`,
        })),
      },
    ];
  } finally {
    await redis.stop();
    await postgres.stop();
  }
};
