import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TIMES } from '../../../protocol/limits.ts';
import { PhoneRunner } from './phone-runner.ts';

const callId = '10000000-0000-4000-8000-000000000000';
const peer = { userId: '20000000-0000-4000-8000-000000000000', username: 'ann', displayName: 'Ann' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const setUp = () => {
  const order: string[] = [];
  const runner = new PhoneRunner(() => undefined);
  runner.on('effect', ({ kind }) => {
    order.push(kind);
  });
  runner.on('changed', ({ now }) => order.push(`now ${now.current?.kind ?? 'none'}`));
  return { runner, order };
};

it('shows the new state before it runs the effects', () => {
  const { runner, order } = setUp();
  expect(runner.dispatch({ kind: 'dial', callId, peer, media: 'audio' })).toBe('handled');
  expect(order).toEqual(['now dialing', 'place']);
});

it('ends by itself what nobody ends, and then forgets it', () => {
  const { runner, order } = setUp();
  runner.dispatch({ kind: 'dial', callId, peer, media: 'audio' });
  order.length = 0;
  vi.advanceTimersByTime(TIMES.ringingMax);
  expect(order).toEqual(['now ended', 'send-end', 'release']);
  vi.advanceTimersByTime(60_000);
  expect(runner.phone.current).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});

it('changes nothing for an event that comes too late', () => {
  const { runner, order } = setUp();
  expect(runner.dispatch({ kind: 'hang-up' })).toBe('stale');
  expect(order).toEqual([]);
});
