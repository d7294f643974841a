import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import express from 'express';
import { describe, expect, it } from 'vitest';
import type { Config, Ipv6Prefix } from '../../config.ts';
import { createClientAddress } from './client-address.ts';

const addressBy = (trustProxy: Config['trustProxy'], rateLimitIpv6Prefix: Ipv6Prefix = 64) =>
  createClientAddress({ trustProxy, rateLimitIpv6Prefix });

/** A request that comes over a connection from `remote`. */
const from = (
  remote: string | undefined,
  forwarded?: string,
): Pick<IncomingMessage, 'headers' | 'socket'> => {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remote });
  return { socket, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } };
};

/** What Express makes of the same. */
const byExpress = (trustProxy: Config['trustProxy'], request: object): unknown => {
  const app = express();
  app.set('trust proxy', trustProxy);
  const asked: unknown = Object.assign(Object.create(app.request) as object, request, { app });
  return (asked as express.Request).ip;
};

describe('where a request comes from', () => {
  it.each<[string, Config['trustProxy'], string, string | undefined, string]>([
    ['nobody in front', false, '198.51.100.7', undefined, '198.51.100.7'],
    ['a claim, and no proxy that is trusted', false, '198.51.100.7', '203.0.113.1', '198.51.100.7'],
    ['one proxy', 1, '10.0.0.1', '203.0.113.1', '203.0.113.1'],
    ['one proxy, and a claim before it', 1, '10.0.0.1', '192.0.2.9, 203.0.113.1', '203.0.113.1'],
    ['two proxies', 2, '10.0.0.1', '192.0.2.9, 203.0.113.1', '192.0.2.9'],
    ['fewer proxies than are trusted', 3, '10.0.0.1', '203.0.113.1', '203.0.113.1'],
    ['a proxy that is trusted by its range', ['loopback'], '127.0.0.1', '203.0.113.1', '203.0.113.1'],
    ['somebody who is not it', ['loopback'], '198.51.100.7', '203.0.113.1', '198.51.100.7'],
    [
      'proxies by address and subnet',
      ['10.0.0.1', '192.0.2.0/24'],
      '10.0.0.1',
      '203.0.113.1,192.0.2.4',
      '203.0.113.1',
    ],
    ['a private network', ['uniquelocal'], '172.20.1.1', '203.0.113.1', '203.0.113.1'],
    ['a trusted IPv6 proxy', ['fd00::/8'], 'fd00::1', '203.0.113.1', '203.0.113.1'],
  ])('%s', (_what, trustProxy, remote, forwarded, expected) => {
    const request = from(remote, forwarded);
    expect(addressBy(trustProxy)(request)).toBe(expected);
    expect(byExpress(trustProxy, request)).toBe(expected);
  });

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['::ffff:c633:6407', '198.51.100.7'],
  ])('counts %s as %s', (remote, place) => {
    expect(addressBy(false)(from(remote))).toBe(place);
  });

  it.each([
    [56, '2001:db8:1:2ff:3:4:5:6', '2001:db8:1:200::/56'],
    [56, '2001:db8:1:2::9', '2001:db8:1:0::/56'],
    [48, '2001:db8:1:2::9', '2001:db8:1::/48'],
    [48, '198.51.100.7', '198.51.100.7'],
  ] as const)('with %i bits for a household, counts %s as %s', (bits, remote, place) => {
    expect(addressBy(false, bits)(from(remote))).toBe(place);
  });

  it('does not take what is no address for one', () => {
    for (const claim of ['unknown', '', '203.0.113.1:80', '<script>', 'x'.repeat(9000)]) {
      expect(addressBy(1)(from('10.0.0.1', claim))).toBe('10.0.0.1');
    }
    expect(addressBy(false)(from(undefined))).toBe('unknown');
  });

  it('sees a proxy behind an IPv6 socket that takes IPv4 too', () => {
    expect(addressBy(['loopback'])(from('::ffff:127.0.0.1', '203.0.113.1'))).toBe('203.0.113.1');
  });
});
