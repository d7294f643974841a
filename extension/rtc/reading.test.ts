import { describe, expect, it } from 'vitest';
import { read } from './reading.ts';
import { statsReport } from '../../testkit/rtc/stats-report.ts';

describe('read', () => {
  it('adds up packets and answered checks of transport and candidate pairs, and nothing else', () => {
    const { arrived } = read(
      statsReport([
        { id: 'T', type: 'transport', packetsReceived: 5 },
        { id: 'P', type: 'candidate-pair', packetsReceived: 5, requestsReceived: 2, responsesReceived: 3 },
        { id: 'I', type: 'inbound-rtp', packetsReceived: 100 },
        { id: 'Q', type: 'candidate-pair', packetsReceived: 'many' },
      ]),
    );
    expect(arrived).toBe(13);
  });

  it('reads the path that is in use, and no address of it', () => {
    const reading = read(
      statsReport([
        { id: 'T', type: 'transport', timestamp: 7, selectedCandidatePairId: 'P', bytesSent: 8 },
        {
          id: 'P',
          type: 'candidate-pair',
          localCandidateId: 'L',
          remoteCandidateId: 'R',
          currentRoundTripTime: 0.04,
          availableOutgoingBitrate: 300_000,
        },
        { id: 'other', type: 'candidate-pair', currentRoundTripTime: 9 },
        {
          id: 'L',
          type: 'local-candidate',
          address: '192.0.2.7',
          candidateType: 'relay',
          protocol: 'udp',
          relayProtocol: 'tls',
        },
        { id: 'R', type: 'remote-candidate', address: '2001:db8::7', candidateType: 'srflx' },
      ]),
    );
    expect(reading).toMatchObject({
      at: 7,
      bytesOut: 8,
      roundTrip: 0.04,
      available: 300_000,
      path: { local: 'relay', remote: 'srflx', protocol: 'udp', relayProtocol: 'tls' },
    });
    expect(JSON.stringify(reading)).not.toMatch(/192\.0\.2|2001:db8/);
  });

  it('tells sound, camera and screen apart by their place in the description', () => {
    const reading = read(
      statsReport([
        { id: 'C', type: 'codec', mimeType: 'audio/red' },
        {
          id: 'A',
          type: 'inbound-rtp',
          mid: '0',
          codecId: 'C',
          packetsReceived: 4,
          packetsLost: 1,
          jitter: 0.01,
        },
        { id: 'S', type: 'inbound-rtp', mid: '2', frameWidth: 1920 },
        { id: 'V', type: 'inbound-rtp', mid: '1', frameWidth: 640, frameHeight: 360, freezeCount: 2 },
        { id: 'O', type: 'outbound-rtp', mid: '1', remoteId: 'X', qualityLimitationReason: 'bandwidth' },
        { id: 'X', type: 'remote-inbound-rtp', fractionLost: 0.25 },
      ]),
    );
    expect(reading.soundIn).toMatchObject({ codec: 'audio/red', packets: 4, lost: 1, jitter: 0.01 });
    expect(reading.pictureIn).toMatchObject({ width: 640, height: 360, freezes: 2 });
    expect(reading.pictureOut).toMatchObject({ limitation: 'bandwidth', fractionLost: 0.25 });
    expect(reading.soundOut).toBeNull();
  });

  it('reads an empty report, and one whose fields are of other types', () => {
    expect(read(statsReport([]))).toMatchObject({ arrived: 0, path: null, soundIn: null, available: null });
    const odd = read(
      statsReport([
        { id: 'T', type: 'transport', selectedCandidatePairId: 5, timestamp: 'now' },
        { id: 'A', type: 'inbound-rtp', mid: '0', codecId: null, jitter: Number.NaN },
      ]),
    );
    expect(odd).toMatchObject({ at: 0, path: null, soundIn: { codec: null, jitter: null } });
  });
});
