import type { Step } from './call-phone.ts';

/** Characters of the phone's offer in Chromium, measured: docs/decisions/0009. Its answer is about as long. */
const DESCRIPTION_LENGTH = 6400;

const MEDIA = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
];

const describe = (): string => {
  const head = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
  const line = 'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
  const each = Math.floor(DESCRIPTION_LENGTH / MEDIA.length / (line.length + 2));
  const lines = MEDIA.flatMap((media) => [media, ...Array.from({ length: each }, () => line)]);
  return [...head, ...lines, ''].join('\r\n');
};

/** A session description of the one shape every call has, and of the size that Chromium makes it. */
export const DESCRIPTION = describe();

/** A batch of candidates as a machine with two networks gathers it. */
export const CANDIDATES = Array.from({ length: 4 }, (_, i) => ({
  candidate: `candidate:${String(i)} 1 udp 2122260223 192.0.2.${String(i + 1)} 50000 typ host generation 0 ufrag Ab12`,
  sdpMid: '0',
  sdpMLineIndex: 0,
}));

/** The content of a step for servers that do not look at it. */
export const contentOf = (step: Step): object => {
  if (step === 'invite' || step === 'accept') return { sdp: DESCRIPTION };
  return step === 'candidates' ? { ufrag: 'Ab12', candidates: CANDIDATES } : {};
};
