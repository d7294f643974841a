import { expect, it } from 'vitest';
import * as z from 'zod';
import { read } from '../../rtc/reading.ts';
import { deriveSample } from '../../rtc/derive-sample.ts';
import { statsReport } from '../../../testkit/rtc/stats-report.ts';
import { detailsText } from './details-text.ts';

/** Everything in a browser's report that must not be copied, and its neighbours. */
const report = (at: number): RTCStatsReport =>
  statsReport([
    {
      id: 'T01',
      type: 'transport',
      timestamp: at,
      selectedCandidatePairId: 'P',
      bytesSent: at,
      iceLocalUsernameFragment: 'sEcR',
      localCertificateId: 'CF12:34:56',
    },
    {
      id: 'P',
      type: 'candidate-pair',
      localCandidateId: 'L',
      remoteCandidateId: 'R',
      currentRoundTripTime: 0.05,
    },
    {
      id: 'L',
      type: 'local-candidate',
      address: '192.0.2.33',
      ip: '192.0.2.33',
      relatedAddress: '10.1.2.3',
      port: 50_123,
      url: 'turn:turn.example.org:3478',
      usernameFragment: 'sEcR',
      candidateType: 'relay',
      protocol: 'udp',
      relayProtocol: 'tls',
    },
    { id: 'R', type: 'remote-candidate', address: '2001:db8::33', candidateType: 'prflx', protocol: 'udp' },
    { id: 'C', type: 'codec', mimeType: 'audio/opus 192.0.2.33' },
    {
      id: 'A',
      type: 'inbound-rtp',
      mid: '0',
      codecId: 'C',
      trackIdentifier: '5f0c-token',
      packetsReceived: at,
    },
  ]);

it('is JSON of the figures, and contains no address, port, fragment or id', () => {
  const sample = { ...deriveSample(read(report(2_000)), read(report(4_000))), resting: false };
  const text = detailsText([sample, sample]);
  const parsed = z.object({ samples: z.array(z.record(z.string(), z.unknown())) }).parse(JSON.parse(text));
  expect(parsed.samples).toHaveLength(2);
  expect(parsed.samples[0]).toMatchObject({ roundTrip: 50, path: { local: 'relay', remote: 'prflx' } });
  expect(text).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
  expect(text).not.toMatch(/[\da-f]*:[\da-f]*:[\da-f:]+/i);
  expect(text).not.toMatch(/sEcR|50123|example|token|CF12|ufrag|turn:/i);
});
