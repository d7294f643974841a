import ipaddr from 'ipaddr.js';
import * as z from 'zod';
import { LIMITS } from '../limits.ts';

/** An IPv4 address may be contacted unless it is "this network" (0/8), loopback, multicast or above. */
const isContactableV4 = ([first = 0]: readonly number[]): boolean =>
  first !== 0 && first !== 127 && first < 224;

/** IPv6 ranges whose addresses contain an IPv4 address, and the byte at which that starts. */
const CARRIERS: readonly (readonly [range: string, at: number])[] = [
  // IPv4-compatible (RFC 4291, 2.5.5.1); contains loopback and unspecified, as 0.0.0.1 and 0.0.0.0.
  ['::/96', 12],
  // IPv4-mapped (RFC 4291, 2.5.5.2), IPv4-translated (RFC 2765).
  ['::ffff:0:0/96', 12],
  ['::ffff:0:0:0/96', 12],
  // NAT64 (RFC 6052, RFC 8215).
  ['64:ff9b::/96', 12],
  ['64:ff9b:1::/48', 12],
  // 6to4 (RFC 3056).
  ['2002::/16', 2],
];
const CARRIER_RANGES = CARRIERS.map(([range, at]) => [ipaddr.IPv6.parseCIDR(range), at] as const);

const isContactableV6 = (address: ipaddr.IPv6): boolean => {
  const bytes = address.toByteArray();
  const [, at] = CARRIER_RANGES.find(([range]) => address.match(range)) ?? [];
  return at === undefined ? bytes[0] !== 0xff : isContactableV4(bytes.slice(at));
};

/**
 * Whether an ICE candidate's connection address may be contacted. Loopback, unspecified and multicast
 * addresses may not, in any spelling: a hostile peer could otherwise aim connectivity checks at this machine
 * itself. Host names other than mDNS names (`….local`, RFC 8828) are refused too, because resolving them
 * would inform somebody's DNS server.
 */
export const isContactableAddress = (address: string): boolean => {
  if (/^[0-9a-f-]{36}\.local$/i.test(address)) return true;
  // Parsers differ in how they read octal, hexadecimal and short forms.
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    return isContactableV4(ipaddr.IPv4.parse(address).octets);
  }
  // A zone names an interface of the sender's machine.
  if (address.includes('%') || !ipaddr.IPv6.isValid(address)) return false;
  return isContactableV6(ipaddr.IPv6.parse(address));
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
