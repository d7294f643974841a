import { expect, it } from 'vitest';
import { createLog } from '../../log.ts';
import { NodeLease } from './node-lease.ts';

it('renews its lease while it releases another node, which it does once', async () => {
  const asked: string[] = [];
  let beats = 0;
  let released: () => void = () => undefined;
  const lease = new NodeLease({
    link: {
      run: () => Promise.reject(new Error('not asked')),
      script: () => {
        beats += 1;
        return Promise.resolve([1, ['dead']]);
      },
    },
    keys: { nodes: 'nodes', deadNodes: 'dead-nodes' },
    log: createLog('silent'),
    onLost: () => undefined,
    release: (node) => {
      asked.push(node);
      return new Promise((resolve) => (released = resolve));
    },
  });
  await lease.beat();
  await lease.beat();
  expect([beats, asked]).toEqual([2, ['dead']]);
  // Unfinished work is taken up again.
  released();
  await Promise.resolve();
  await lease.beat();
  expect(asked).toEqual(['dead', 'dead']);
});
