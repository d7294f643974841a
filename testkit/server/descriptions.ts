/** A session description of the one shape every call has; `mark` tells two of them apart. */
export const testSdp = (mark = '1'): string =>
  [
    'v=0',
    `o=- ${mark.replaceAll(/\D/g, '') || '1'} 2 IN IP4 127.0.0.1`,
    `s=${mark}`,
    't=0 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    '',
  ].join('\r\n');

/** A candidate that may be contacted. */
export const testCandidate = (address = '192.0.2.7'): string =>
  `candidate:1 1 udp 2122260223 ${address} 50000 typ host generation 0`;
