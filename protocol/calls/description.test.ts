import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExpectedDescription, MEDIA_LINES, sdpSchema, sdpWithoutCandidatesSchema } from './description.ts';
import { LIMITS } from '../limits.ts';

const sdp = (kinds: readonly string[], attributes: readonly string[] = []): string =>
  [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    ...kinds.flatMap((kind) => [`m=${kind} 9 UDP/TLS/RTP/SAVPF 111`, ...attributes]),
    '',
  ].join('\r\n');

const candidate = (address: string): string => `a=candidate:1 1 udp 2122260223 ${address} 50000 typ host`;

describe('session descriptions', () => {
  it('have the shape that every call has', () => {
    expect(isExpectedDescription(sdp(MEDIA_LINES))).toBe(true);
    for (const kinds of [
      [],
      ['audio'],
      [...MEDIA_LINES].reverse(),
      [...MEDIA_LINES, 'video'],
      ['audio', 'video', 'text', 'application'],
    ]) {
      expect(isExpectedDescription(sdp(kinds))).toBe(false);
    }
  });

  it('begin like a description, and are text of bounded length', () => {
    for (const text of ['', 'm=audio', 'hello', ` ${sdp(MEDIA_LINES)}`]) {
      expect(sdpSchema.safeParse(text).success).toBe(false);
    }
    const long = sdp(MEDIA_LINES) + 'a=x\r\n'.repeat(LIMITS.descriptionLength / 5);
    expect(sdpSchema.safeParse(long).success).toBe(false);
    expect(sdpSchema.safeParse(null).success).toBe(false);
  });

  it('contain only candidates that may be contacted, and a bounded number of them', () => {
    expect(sdpSchema.safeParse(sdp(MEDIA_LINES, [candidate('192.0.2.1')])).success).toBe(true);
    expect(sdpSchema.safeParse(sdp(MEDIA_LINES, [candidate('127.0.0.1')])).success).toBe(false);
    expect(sdpSchema.safeParse(sdp(MEDIA_LINES, [candidate('ff02::1')])).success).toBe(false);
    const many = Array.from({ length: 8 }, (_, i) => candidate(`192.0.2.${String(i + 1)}`));
    expect(sdpSchema.safeParse(sdp(MEDIA_LINES, many)).success).toBe(false);
  });

  it('reveal no address while the call rings', () => {
    expect(sdpWithoutCandidatesSchema.safeParse(sdp(MEDIA_LINES)).success).toBe(true);
    const telling = sdp(MEDIA_LINES, [candidate('192.0.2.1')]);
    expect(sdpWithoutCandidatesSchema.safeParse(telling).success).toBe(false);
    // For some parsers a bare line feed or carriage return also ends a line.
    for (const end of ['\n', '\r\n']) {
      expect(sdpWithoutCandidatesSchema.safeParse(telling.replaceAll('\r\n', end)).success).toBe(false);
    }
  });

  it('never make the parser throw, whatever they contain', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        const parses = (value: string): boolean => sdpSchema.safeParse(value).success;
        return !parses(text) && !parses(`v=0\r\n${text}`);
      }),
    );
  });
});
