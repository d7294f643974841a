import { expect, it } from 'vitest';
import { createFakeClock } from '../../../testkit/server/fake-clock.ts';
import { mergeBursts } from './merge-bursts.ts';

const setUp = () => {
  const clock = createFakeClock();
  const done: string[] = [];
  const failures: unknown[] = [];
  const bursts = mergeBursts<string>({
    clock,
    within: 1000,
    work: (key) => {
      done.push(key);
      return key === 'bad' ? Promise.reject(new Error('bad')) : Promise.resolve();
    },
    onFailed: (error) => failures.push(error),
  });
  return { clock, done, failures, bursts };
};

it('does the first at once and the rest of a burst together, for each key by itself', async () => {
  const { clock, done, bursts } = setUp();
  for (const key of ['a', 'a', 'a', 'b']) await bursts.run(key);
  expect(done).toEqual(['a', 'b']);
  clock.advance(1000);
  expect(done).toEqual(['a', 'b', 'a']);
  await bursts.run('a');
  expect(done).toEqual(['a', 'b', 'a']);
  clock.advance(1000);
  expect(done).toEqual(['a', 'b', 'a', 'a']);
  clock.advance(1000);
  expect([done.length, clock.pending]).toEqual([4, 0]);
});

it('does what was put off at once when asked, and not again', async () => {
  const { clock, done, bursts } = setUp();
  for (const key of ['a', 'a', 'b']) await bursts.run(key);
  await bursts.flush();
  expect(done).toEqual(['a', 'b', 'a']);
  clock.advance(1000);
  expect(done).toEqual(['a', 'b', 'a']);
});

it('rejects for the caller who waits, and reports the failure of a run that was put off', async () => {
  const { clock, failures, bursts } = setUp();
  await expect(bursts.run('bad')).rejects.toThrow('bad');
  await bursts.run('bad');
  clock.advance(1000);
  await Promise.resolve();
  expect(failures).toHaveLength(1);
});
