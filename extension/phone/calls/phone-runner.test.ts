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

it.each([-3_600_000, 3_600_000])('goes by elapsed time when the computer’s clock is set by %i ms', (by) => {
  const { runner } = setUp();
  runner.dispatch({ kind: 'dial', callId, peer, media: 'audio' });
  vi.setSystemTime(Date.now() + by);
  runner.dispatch({ kind: 'network-changed' });
  vi.advanceTimersByTime(TIMES.ringingMax - 1);
  expect(runner.phone.current?.kind).toBe('dialing');
  vi.advanceTimersByTime(1);
  expect(runner.phone.current?.kind).toBe('ended');
});

it('measures how long a call was up without the computer’s clock', () => {
  const { runner } = setUp();
  const ended: unknown[] = [];
  runner.on('effect', (effect) => {
    if (effect.kind === 'send-end') ended.push(effect.lasted);
  });
  runner.dispatch({ kind: 'dial', callId, peer, media: 'audio' });
  runner.dispatch({ kind: 'placed', callId, v: 1 });
  runner.dispatch({ kind: 'state', state: { callId, v: 2, state: 'connecting', answer: 'answer' } });
  runner.dispatch({ kind: 'peer-connected', callId });
  vi.setSystemTime(Date.now() - 3_600_000);
  vi.advanceTimersByTime(8_000);
  runner.dispatch({ kind: 'hang-up' });
  expect(ended).toEqual([8_000]);
});
