import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../testkit/rtc/manual-clock.ts';
import { Watchdog } from './watchdog.ts';

const setUp = (
  packets: () => Promise<number> = () => Promise.resolve(5),
): {
  clock: ManualClock;
  told: boolean[];
  watchdog: Watchdog;
} => {
  const clock = new ManualClock();
  const told: boolean[] = [];
  const watchdog = new Watchdog({ clock, packetsReceived: packets, onChange: (alive) => told.push(alive) });
  return { clock, told, watchdog };
};

describe('Watchdog', () => {
  it('is content while heartbeats come, and does not even ask for packets', async () => {
    let asked = 0;
    const { clock, told, watchdog } = setUp(() => Promise.resolve(asked++));
    for (let i = 0; i < 10; i++) {
      await clock.pass(1_000);
      watchdog.heard();
    }
    expect(told).toEqual([]);
    expect(asked).toBe(0);
  });

  it('tells silence after two seconds, and the first word after it', async () => {
    const { clock, told, watchdog } = setUp();
    await clock.pass(1_900);
    expect(told).toEqual([]);
    await clock.pass(350);
    expect(told).toEqual([false]);
    await clock.pass(5_000);
    watchdog.heard();
    expect(told).toEqual([false, true]);
  });

  it('takes packets for a sign of life when heartbeats are late', async () => {
    let packets = 0;
    const { clock, told } = setUp(() => Promise.resolve((packets += 10)));
    await clock.pass(10_000);
    expect(told).toEqual([]);
  });

  it('is back when packets are, before the first heartbeat', async () => {
    let packets = 7;
    const { clock, told } = setUp(() => Promise.resolve(packets));
    await clock.pass(4_000);
    packets += 1;
    await clock.pass(500);
    expect(told).toEqual([false, true]);
  });

  it('does not take the sleep of this machine for silence of the other', async () => {
    const { clock, told, watchdog } = setUp();
    await clock.pass(500);
    clock.sleep(60_000);
    await clock.pass(500);
    expect(told).toEqual([]);
    watchdog.heard();
    await clock.pass(2_500);
    expect(told).toEqual([false]);
  });

  it('outlives counters that cannot be read', async () => {
    const { clock, told } = setUp(() => Promise.reject(new Error('closed')));
    await clock.pass(3_000);
    expect(told).toEqual([false]);
  });

  it('leaves no timer and tells nothing once stopped', async () => {
    const { clock, told, watchdog } = setUp();
    await clock.pass(1_000);
    watchdog.stop();
    expect(clock.waiting).toBe(0);
    await clock.pass(5_000);
    watchdog.heard();
    expect(told).toEqual([]);
  });
});
