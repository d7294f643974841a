// Measures the server under load, beside others with the same work in the same run. See docs/scaling.md.
//   npm run bench:server                                   all of it, about half an hour
//   npm run bench:server -- --only calls --repeats 1       calls a second, and processor time a message
//   npm run bench:server -- --only crowd --people 1000     many connected: memory, idle, restart
//   npm run bench:server -- --only nodes                   two and four nodes (redis-server and PostgreSQL installed)
//   npm run bench:server -- --only growth                  bytes of a sign-in by number of accounts
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { callsPart } from './load/calls-part.ts';
import { crowdPart } from './load/crowd-part.ts';
import { growthPart } from './load/growth-part.ts';
import { nodesPart } from './load/nodes-part.ts';
import { readOptions, type Options, type Part } from './load/options.ts';
import { PINNED, pinToSecondCore } from './load/pinned.ts';
import { tableOf, type Section } from './load/results.ts';

const MEASURES: Readonly<Record<Part, (options: Options, folder: string) => Promise<Section[]>>> = {
  calls: callsPart,
  crowd: crowdPart,
  nodes: nodesPart,
  growth: growthPart,
};

const options = readOptions(process.argv.slice(2));
if (process.platform !== 'linux')
  throw new Error('Processor time and memory are read from /proc: Linux only.');
pinToSecondCore();
const header = `Node ${process.version}, ${String(cpus().length)} × ${cpus()[0]?.model ?? 'CPU'}, ${String(options.repeats)} repeats: medians and ranges${PINNED ? '; what is measured on one core, the driver on another' : ''}`;
console.log(header);

const artifacts = fileURLToPath(new URL('../artifacts', import.meta.url));
await mkdir(artifacts, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), 'quick-call-bench-'));
try {
  for (const part of options.parts) {
    const sections = await MEASURES[part](options, folder);
    for (const section of sections) console.log(`\n${tableOf(section)}`);
    // One file per part, so that a long part need not run again for the others.
    await writeFile(
      join(artifacts, `bench-server-${part}.json`),
      JSON.stringify({ at: new Date().toISOString(), header, options, sections }, null, 2),
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
