import * as z from 'zod';
import { LIMITS } from './limits.ts';

/**
 * Whether an ICE candidate's connection address may be contacted: neither
 * loopback, unspecified, nor multicast. A hostile peer could otherwise aim
 * checks at this machine itself. Host names other than mDNS ones (`….local`,
 * RFC 8828) are refused too: resolving them would tell somebody's DNS server.
 */
export const isContactableAddress = (address: string): boolean => {
  const host = address.toLowerCase();
  if (/^[0-9a-f-]{36}\.local$/.test(host)) return true;
  const v4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  if (v4) {
    const octets = v4.slice(1).map(Number);
    const first = octets[0] ?? 0;
    return octets.every((octet) => octet <= 255) && first !== 0 && first !== 127 && first < 224;
  }
  if (!/^[0-9a-f:]+$/.test(host) || !host.includes(':')) return false;
  return !/^(?:::1?|(?:0{1,4}:){7}0{0,3}1?|ff[0-9a-f]{2}:.*|::ffff:.*)$/.test(host);
};

// RFC 8839 section 5.1: foundation component transport priority address port typ type …
const CANDIDATE =
  /^candidate:[\w+/-]{1,32} \d{1,5} (?:udp|tcp) \d{1,10} (\S{1,64}) \d{1,5} typ (?:host|srflx|prflx|relay)(?: [\x21-\x7e]+)*$/i;

/** A candidate attribute as `RTCIceCandidate.candidate` gives it; empty means end of candidates. */
export const candidateLineSchema = z
  .string()
  .max(LIMITS.candidateLength)
  .refine((line) => {
    if (line === '') return true;
    const address = CANDIDATE.exec(line)?.[1];
    return address !== undefined && isContactableAddress(address);
  });

export const candidateSchema = z.strictObject({
  candidate: candidateLineSchema,
  sdpMid: z.string().max(16).nullable(),
  sdpMLineIndex: z.int().min(0).max(3).nullable(),
});
export type Candidate = z.infer<typeof candidateSchema>;
