import { describe, expect, it } from 'vitest';
import { PeerError } from './peer-error.ts';
import { SerialQueue } from './serial-queue.ts';

describe('SerialQueue', () => {
  it('runs steps one after the other, also after one has failed', async () => {
    const queue = new SerialQueue(new AbortController().signal);
    const log: string[] = [];
    const step = async (name: string): Promise<string> => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      return name;
    };
    const failing = queue.run(() => Promise.reject(new PeerError('refused')));
    const results = [queue.run(() => step('a')), queue.run(() => step('b'))];
    expect(queue.length).toBe(3);
    await expect(failing).rejects.toMatchObject({ problem: 'refused' });
    expect(await Promise.all(results)).toEqual(['a', 'b']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(queue.length).toBe(0);
  });

  it('rejects everything that waits when it is closed, though a step never ends', async () => {
    const end = new AbortController();
    const queue = new SerialQueue(end.signal);
    const stuck = queue.run(() => new Promise(() => undefined));
    const waiting = queue.run(() => Promise.resolve());
    end.abort();
    await expect(stuck).rejects.toMatchObject({ problem: 'closed' });
    await expect(waiting).rejects.toMatchObject({ problem: 'closed' });
    await expect(queue.run(() => Promise.resolve())).rejects.toMatchObject({ problem: 'closed' });
    await expect(queue.untilClosed(Promise.resolve())).rejects.toMatchObject({ problem: 'closed' });
  });
});
