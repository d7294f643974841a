import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sdpWithoutCandidatesSchema } from '../../protocol/calls/description.ts';
import { withSpeechOptions } from './speech-sdp.ts';

const sdp = (audio: readonly string[], end = '\r\n'): string =>
  [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 63 111',
    ...audio,
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'a=rtpmap:96 VP8/90000',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    '',
  ].join(end);

const RED = ['a=rtpmap:63 red/48000/2', 'a=fmtp:63 111/111'];

describe('withSpeechOptions', () => {
  it('adds to the parameters that Opus has, and to no other codec’s', () => {
    const changed = withSpeechOptions(
      sdp([...RED, 'a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1']),
    );
    expect(changed).toBe(
      sdp([...RED, 'a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1']),
    );
  });

  it('adds the line where there is none, with the line ends of the rest', () => {
    for (const end of ['\r\n', '\n']) {
      expect(withSpeechOptions(sdp(['a=rtpmap:111 opus/48000/2', 'a=ptime:20'], end))).toBe(
        sdp(['a=rtpmap:111 opus/48000/2', 'a=fmtp:111 useinbandfec=1;usedtx=1', 'a=ptime:20'], end),
      );
    }
  });

  it('overrides what says otherwise', () => {
    const changed = withSpeechOptions(sdp(['a=rtpmap:111 opus/48000/2', 'a=fmtp:111 usedtx=0; stereo=1']));
    expect(changed).toContain('a=fmtp:111 usedtx=1;stereo=1;useinbandfec=1\r\n');
  });

  it('leaves a description without Opus alone', () => {
    const without = sdp(['a=rtpmap:0 PCMU/8000']);
    expect(withSpeechOptions(without)).toBe(without);
  });

  it('keeps what the contract accepts acceptable, and does nothing the second time', () => {
    const parameters = fc.stringMatching(/^[a-z]{1,8}(=[0-9]{1,4})?(;[a-z]{1,8}(=[0-9]{1,4})?){0,4}$/);
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 127 }), parameters, (payload, fmtp) => {
        const before = sdp([`a=rtpmap:${String(payload)} opus/48000/2`, `a=fmtp:${String(payload)} ${fmtp}`]);
        const once = withSpeechOptions(before);
        return (
          sdpWithoutCandidatesSchema.safeParse(once).success &&
          withSpeechOptions(once) === once &&
          once.split('\r\n').length === before.split('\r\n').length
        );
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const once = withSpeechOptions(text);
        return withSpeechOptions(once) === once;
      }),
    );
  });
});
