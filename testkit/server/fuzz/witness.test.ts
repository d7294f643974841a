import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const WITNESS = new URL('./witness.ts', import.meta.url).href;

/** Three streams and a websocket without a listener, a stream whose listener is removed, and two correct ones. */
const PROGRAM = `
  import { Socket } from 'node:net';
  import { PassThrough } from 'node:stream';
  import { createGzip } from 'node:zlib';
  import { WebSocket } from 'ws';
  const ignore = () => undefined;
  const unheard = [new Socket(), new PassThrough(), createGzip(), new WebSocket('ws://127.0.0.1:9')];
  const heard = new PassThrough().on('error', ignore);
  new Socket().on('error', ignore);
  new PassThrough().destroy();
  // The witness checks each of them at the end of this tick.
  process.nextTick(() => {
    heard.off('error', ignore);
    process.nextTick(() => process.exit());
  });
`;

it('reports each stream and each websocket without an error listener', async () => {
  const options = ['--import', WITNESS, '--input-type=module', '--eval', PROGRAM];
  const { stderr } = await promisify(execFile)(process.execPath, options, { cwd: import.meta.dirname });
  const told = [...stderr.matchAll(/"msg":"a (\w+) has no error listener","when":"([^"]+)"/g)];
  expect(told.map(([, what, when]) => [what, when]).toSorted()).toEqual([
    ['Gzip', 'it is new'],
    ['PassThrough', 'it is new'],
    ['PassThrough', 'one was taken away'],
    ['Socket', 'it is new'],
    ['WebSocket', 'it is new'],
  ]);
});
