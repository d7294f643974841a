import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateLineSchema, candidateSchema, isContactableAddress } from './candidate.ts';

const line = (address: string, rest = 'typ host'): string =>
  `candidate:842163049 1 udp 1677729535 ${address} 46154 ${rest}`;

describe('addresses that may be contacted', () => {
  it.each([
    '192.168.1.5',
    '10.0.0.1',
    '203.0.113.7',
    '169.254.1.1',
    'fe80::1',
    '2001:db8::7',
    'fd00::5',
    '8f3c1a52-9d6f-4a53-8a53-0d1c2b3a4f5e.local',
  ])('takes %s', (address) => {
    expect(isContactableAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '0.1.2.3',
    '224.0.0.251',
    '239.255.255.250',
    '255.255.255.255',
    '256.1.1.1',
    '1.2.3',
    '::1',
    '::',
    '0:0:0:0:0:0:0:1',
    '0:0:0:0:0:0:0:0',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    'ff02::fb',
    'FF02::FB',
    'localhost',
    'router.local',
    'tracker.example.org',
    '0x7f000001',
    '2130706433',
    '',
  ])('refuses %j', (address) => {
    expect(isContactableAddress(address)).toBe(false);
  });

  it('never is in IPv4 loopback, multicast or "this network", however it is written', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const first = Number(address.split('.')[0]);
        const good = first !== 0 && first !== 127 && first < 224;
        return isContactableAddress(address) === good && isContactableAddress(`::ffff:${address}`) === good;
      }),
    );
  });
});

describe('candidate lines', () => {
  it.each([
    line('192.168.1.5'),
    line('192.168.1.5', 'typ host generation 0 ufrag EsAw network-id 1'),
    line('203.0.113.7', 'typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag EsAw'),
    'candidate:1 1 tcp 1518280447 192.168.1.5 9 typ host tcptype active',
    '',
  ])('takes %j', (text) => {
    expect(candidateLineSchema.safeParse(text).success).toBe(true);
  });

  it.each([
    line('127.0.0.1'),
    line('192.168.1.5', 'typ other'),
    `${line('192.168.1.5')}\r\na=candidate:1`,
    `a=${line('192.168.1.5')}`,
    line('192.168.1.5', `typ host ${'x'.repeat(512)}`),
    'candidate:1 1 udp 1 192.168.1.5 9',
  ])('refuses %j', (text) => {
    expect(candidateLineSchema.safeParse(text).success).toBe(false);
  });

  it('does not take long over hostile text', () => {
    const hostile = line('1.2.3.4', `typ host ${'a '.repeat(250)}\n`);
    const start = performance.now();
    for (let i = 0; i < 1000; i += 1) candidateLineSchema.safeParse(hostile);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('come with a bounded place in the description', () => {
    const candidate = { candidate: line('192.168.1.5'), sdpMid: '0', sdpMLineIndex: 0 };
    expect(candidateSchema.safeParse(candidate).success).toBe(true);
    expect(candidateSchema.safeParse({ ...candidate, sdpMLineIndex: 4 }).success).toBe(false);
    expect(candidateSchema.safeParse({ ...candidate, usernameFragment: 'x' }).success).toBe(false);
  });
});
