import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('does what has the same key in order, the rest at once, and forgets what is done', async () => {
  const turns = new Turns<string>();
  const log: string[] = [];
  const gates = new Map<string, () => void>();
  const work = (name: string) => () => {
    log.push(`${name} begins`);
    return new Promise<string>((resolve) => {
      gates.set(name, () => {
        resolve(name);
      });
    });
  };
  const all = [turns.take('a', work('1')), turns.take('a', work('2')), turns.take('b', work('3'))];
  expect(log).toEqual(['1 begins', '3 begins']);
  gates.get('1')?.();
  expect(await all[0]).toBe('1');
  expect(log).toEqual(['1 begins', '3 begins', '2 begins']);
  for (const name of ['2', '3']) gates.get(name)?.();
  expect(await Promise.all(all)).toEqual(['1', '2', '3']);
  expect(turns.size).toBe(0);
});

it('goes on after what failed', async () => {
  const turns = new Turns<string>();
  const failing = turns.take('a', () => Promise.reject(new Error('no')));
  const next = turns.take('a', () => Promise.resolve('yes'));
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
});

it('waits for everything that shares one of several keys, and for nothing else', async () => {
  const turns = new Turns<string>();
  const log: string[] = [];
  const gate = Promise.withResolvers<undefined>();
  const holding = turns.takeAll(['a', 'b'], () => gate.promise);
  const sharing = turns.takeAll(['b', 'c'], () => Promise.resolve(void log.push('bc')));
  const behind = turns.take('c', () => Promise.resolve(void log.push('c')));
  await turns.take('d', () => Promise.resolve(void log.push('d')));
  expect(log).toEqual(['d']);
  gate.resolve(undefined);
  await Promise.all([holding, sharing, behind]);
  expect(log).toEqual(['d', 'bc', 'c']);
  expect(turns.size).toBe(0);
});
