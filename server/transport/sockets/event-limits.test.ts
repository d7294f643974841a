import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createEventLimits } from './event-limits.ts';
import { createMemoryLimiters } from '../../live/memory/memory-limiters.ts';

const phone = (userId: string = randomUUID()) => ({
  userId,
  sessionId: randomUUID(),
  instanceId: randomUUID(),
});

const setUp = () => {
  const traffic = { limitedEvents: 0 };
  return { traffic, limitEvent: createEventLimits(createMemoryLimiters(1), traffic) };
};

/** How many of an event are let through in a row. */
const through = async (send: () => Promise<number | null>): Promise<number> => {
  let sent = 0;
  while ((await send()) === null) sent += 1;
  return sent;
};

describe('what a phone sends', () => {
  it('is limited all together by session', async () => {
    const { limitEvent, traffic } = setUp();
    const [one, other] = [phone(), phone()];
    const names = ['call:signal', 'presence:set', 'no:such-event', 'constructor', 7];
    let i = 0;
    expect(await through(() => limitEvent(one, names[(i += 1) % names.length]))).toBe(1200);
    expect(traffic.limitedEvents).toBe(1);
    expect(await limitEvent(other, 'call:signal')).toBeNull();
  });

  it('is limited by account where it troubles others, on all devices together', async () => {
    const { limitEvent } = setUp();
    const userId = randomUUID();
    const devices = [phone(userId), phone(userId)] as const;
    let i = 0;
    expect(await through(() => limitEvent(devices[(i += 1) % 2 ? 0 : 1], 'call:invite'))).toBe(30);
    expect(await limitEvent(devices[0], 'call:end')).toBeNull();
    expect(await limitEvent(phone(), 'call:invite')).toBeNull();
  });
});
