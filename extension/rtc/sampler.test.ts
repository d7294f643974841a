import { describe, expect, it } from 'vitest';
import type { CallSample } from '../ipc/call-details.ts';
import { read, type Reading } from './reading.ts';
import { Sampler } from './sampler.ts';
import { ManualClock } from '../../testkit/rtc/manual-clock.ts';
import { statsReport } from '../../testkit/rtc/stats-report.ts';

const setUp = (answer: (clock: ManualClock) => Promise<Reading>) => {
  const clock = new ManualClock();
  const samples: Omit<CallSample, 'resting'>[] = [];
  const sampler = new Sampler({
    clock,
    read: () => answer(clock),
    onSample: (sample) => samples.push(sample),
  });
  return { clock, samples, sampler };
};

/** Passes time in steps, with everything that is ready done after each. */
const pass = async (clock: ManualClock, duration: number): Promise<void> => {
  for (let passed = 0; passed <= duration; passed += 100) {
    await clock.pass(passed === 0 ? 0 : 100);
    await new Promise(setImmediate);
  }
};

const reading = (clock: ManualClock): Reading => ({
  ...read(statsReport([])),
  at: 1 + clock.now(),
  bytesIn: clock.now(),
});

describe('Sampler', () => {
  it('samples every two seconds, from two readings each', async () => {
    const { clock, samples } = setUp((now) => Promise.resolve(reading(now)));
    await pass(clock, 2_400);
    expect(samples).toEqual([]);
    await pass(clock, 4_200);
    expect(samples.map(({ at, bitrateIn }) => [at, bitrateIn])).toEqual([
      [2_501, 8_000],
      [4_501, 8_000],
      [6_501, 8_000],
    ]);
  });

  it('asks again after a reading that fails', async () => {
    let asked = 0;
    const { clock, samples } = setUp((now) => {
      asked += 1;
      return asked === 2 ? Promise.reject(new Error('closed')) : Promise.resolve(reading(now));
    });
    await pass(clock, 4_600);
    expect(samples.map(({ at }) => at)).toEqual([4_501]);
  });

  it('leaves nothing behind when it is stopped, also in the middle of a reading', async () => {
    const { clock, samples, sampler } = setUp((now) => Promise.resolve(reading(now)));
    await pass(clock, 0);
    expect(clock.waiting).toBe(1);
    sampler.stop();
    expect(clock.waiting).toBe(0);

    const late = setUp((now) => Promise.resolve(reading(now)));
    const passing = late.clock.pass(500);
    late.sampler.stop();
    await passing;
    await pass(late.clock, 10_000);
    expect(late.clock.waiting).toBe(0);
    expect([...samples, ...late.samples]).toEqual([]);
  });
});
