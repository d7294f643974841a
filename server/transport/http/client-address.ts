import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import type { Config, Ipv6Prefix } from '../../config.ts';

/** The words that `TRUST_PROXY` takes for ranges, as Express does. */
const RANGES: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.1/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

type Trust = (address: string, hop: number) => boolean;

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

const trustIn = (setting: Config['trustProxy']): Trust => {
  if (setting === false) return () => false;
  if (typeof setting === 'number') return (_address, hop) => hop < setting;
  const proxies = new BlockList();
  for (const range of setting.flatMap((item) => RANGES[item] ?? [item])) {
    const [address = '', bits] = range.split('/');
    if (bits === undefined) proxies.addAddress(address, familyOf(address));
    else proxies.addSubnet(address, Number(bits), familyOf(address));
  }
  return (address) => proxies.check(address, familyOf(address));
};

/** The eight groups of an IPv6 address, without leading zeros. */
const groupsOf = (address: string): string[] => {
  // URLs have one way to write an address, also for those that end like IPv4 ones.
  const { hostname } = new URL(`http://[${address}]`);
  const [before = '', after] = hostname.slice(1, -1).split('::');
  const head = before === '' ? [] : before.split(':');
  if (after === undefined) return head;
  const tail = after === '' ? [] : after.split(':');
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail];
};

/** An address in its plain form: without zone, and IPv4 also where it is written as IPv6. */
const plain = (address: string): string | null => {
  const [bare = ''] = address.trim().split('%');
  if (isIP(bare) === 0) return null;
  if (isIPv4(bare)) return bare;
  const groups = groupsOf(bare);
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return bare;
  const bytes = groups.slice(6).map((group) => Number.parseInt(group, 16));
  return bytes.flatMap((pair) => [pair >> 8, pair & 255]).join('.');
};

/** What is counted as one place: an IPv4 address, or the network that an IPv6 household has for itself. */
const placeOf = (address: string, bits: Ipv6Prefix): string => {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address);
  const part = bits === 56 ? Number.parseInt(groups[3] ?? '0', 16) & 0xff00 : 0;
  const network = bits === 56 ? [...groups.slice(0, 3), part.toString(16)] : groups.slice(0, bits / 16);
  return `${network.join(':')}::/${String(bits)}`;
};

/**
 * Names the place under which a request is counted: the first address, from this server back along its way, that
 * `TRUST_PROXY` does not trust. `RATE_LIMIT_IPV6_PREFIX` says how much of an IPv6 address names the place.
 */
export const createClientAddress = ({
  trustProxy,
  rateLimitIpv6Prefix,
}: Pick<Config, 'trustProxy' | 'rateLimitIpv6Prefix'>): ((
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
) => string) => {
  const trusts = trustIn(trustProxy);
  return ({ headers, socket }) => {
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').reverse();
    let client = plain(socket.remoteAddress ?? '') ?? 'unknown';
    for (const [hop, claim] of forwarded.entries()) {
      const before = plain(claim);
      // A trusted proxy that names no address counts in place of the client behind it.
      if (before === null || !trusts(client, hop)) break;
      client = before;
    }
    return placeOf(client, rateLimitIpv6Prefix);
  };
};
