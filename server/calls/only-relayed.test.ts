import { expect, it } from 'vitest';
import { onlyRelayed, onlyRelayedSdp } from './only-relayed.ts';

const HOST = 'candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host generation 0';
const RELAY = 'candidate:2 1 udp 41885439 198.51.100.9 60000 typ relay raddr 0.0.0.0 rport 0 generation 0';
/** The words of a relay's candidate, after the type. */
const DISGUISED = 'candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host x typ relay';

it('leaves nothing of a description that shows an address, wherever it stands and however it ends', () => {
  const start = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';
  for (const own of [HOST, DISGUISED, HOST.replace('host', 'srflx'), `${HOST}\u2028`]) {
    for (const end of ['\r\n', '\n', '']) {
      const sdp = `${start}a=${RELAY}\r\na=${own}${end}`;
      expect(onlyRelayedSdp(sdp)).toBe(`${start}a=${RELAY}\r\n`);
    }
  }
  const untouched = `${start}a=${RELAY}\r\na=end-of-candidates\r\n`;
  expect(onlyRelayedSdp(untouched)).toBe(untouched);
});

it('passes only candidates of relays, and the end of candidates', () => {
  const signal = (...lines: string[]) =>
    ({
      kind: 'candidates',
      seq: 1,
      ufrag: 'abcd',
      candidates: lines.map((candidate) => ({ candidate, sdpMid: '0', sdpMLineIndex: 0 })),
    }) as const;
  expect(onlyRelayed(signal(HOST, RELAY, DISGUISED, ''))).toEqual(signal(RELAY, ''));
  expect(onlyRelayed(signal(HOST))).toBeNull();
});
