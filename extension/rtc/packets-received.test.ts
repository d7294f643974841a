import { describe, expect, it } from 'vitest';
import { packetsReceived } from './packets-received.ts';

describe('packetsReceived', () => {
  it('adds up packets and checks of transport and candidate pairs, and nothing else', async () => {
    const reports: object[] = [
      { type: 'transport', packetsReceived: 5 },
      { type: 'candidate-pair', packetsReceived: 5, requestsReceived: 2, responsesReceived: 3 },
      { type: 'inbound-rtp', packetsReceived: 100 },
      { type: 'candidate-pair', packetsReceived: 'many' },
    ];
    const getStats = (): Promise<RTCStatsReport> =>
      Promise.resolve(new Map(reports.map((report, i) => [String(i), report])));
    expect(await packetsReceived({ getStats })).toBe(15);
  });
});
