import { expect, it } from 'vitest';
import { soundEnergy } from './sound-energy.ts';

const energyOf = (...reports: object[]): Promise<number | null> =>
  soundEnergy({ getStats: () => Promise.resolve(new Map(reports.map((report, i) => [String(i), report]))) });

it('is what the source has given, and not what was received', async () => {
  expect(
    await energyOf(
      { type: 'remote-inbound-rtp', totalAudioEnergy: 5 },
      { type: 'media-source', totalAudioEnergy: 0.25 },
    ),
  ).toBe(0.25);
});

it('is not known without a source', async () => {
  expect(await energyOf({ type: 'outbound-rtp' })).toBeNull();
});
