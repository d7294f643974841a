import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateLineSchema, candidateSchema, isContactableAddress } from './candidate.ts';

const line = (address: string, rest = 'typ host'): string =>
  `candidate:842163049 1 udp 1677729535 ${address} 46154 ${rest}`;

/** Reads the eight groups of an IPv6 address that is spelt without a decimal part. */
const expand = (address: string): number[] => {
  const [head = [], tail = []] = address.split('::').map((part) =>
    part
      .split(':')
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16)),
  );
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
};

/** An IPv4 address as two groups of an IPv6 one. */
const groupsOf = (address: string): [number, number] => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
};

/** The IPv6 ranges that carry IPv4 addresses, each as a function that puts one into it. */
const wrapping = fc.constantFrom(
  ([high, low]: [number, number]) => [0, 0, 0, 0, 0, 0xffff, high, low],
  ([high, low]: [number, number]) => [0, 0, 0, 0, 0, 0, high, low],
  ([high, low]: [number, number]) => [0, 0, 0, 0, 0xffff, 0, high, low],
  ([high, low]: [number, number]) => [0x64, 0xff9b, 0, 0, 0, 0, high, low],
  ([high, low]: [number, number]) => [0x64, 0xff9b, 1, 0, 0, 0, high, low],
  ([high, low]: [number, number]) => [0x2002, high, low, 0, 0, 0, 0, 0],
);

/** Ways to write eight groups: leading zeros, capitals, `::` for any run of zeros, the last two in decimal (RFC 4291, 2.2). */
const spelling = fc
  .record({ pad: fc.boolean(), upper: fc.boolean(), run: fc.nat({ max: 7 }), decimal: fc.boolean() })
  .map(({ pad, upper, run, decimal }) => (groups: readonly number[]): string => {
    const words = groups.map((group) => group.toString(16).padStart(pad ? 4 : 1, '0'));
    if (decimal) {
      const bytes = groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]);
      words.splice(6, 2, bytes.join('.'));
    }
    const isZero = (at: number): boolean => /^0+$/.test(words[at] ?? '');
    let [from, to] = [run, run];
    while (isZero(to)) to += 1;
    while (from > 0 && isZero(from - 1)) from -= 1;
    const text =
      to === run ? words.join(':') : `${words.slice(0, from).join(':')}::${words.slice(to).join(':')}`;
    return upper ? text.toUpperCase() : text;
  });

describe('addresses that may be contacted', () => {
  it.each([
    '192.168.1.5',
    '10.0.0.1',
    '203.0.113.7',
    '169.254.1.1',
    'fe80::1',
    '2001:db8::7',
    'fd00::5',
    'FD00:0::0005',
    '::ffff:192.168.1.5',
    '::ffff:c0a8:105',
    '64:ff9b::203.0.113.7',
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
    '0::1',
    '0::0',
    '::0:1',
    '0000::0001',
    '::0.0.0.1',
    '0:0:0:0:0:ffff:7f00:1',
    '0:0:0:0:0:ffff:127.0.0.1',
    '::127.0.0.1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '2002:7f00:1::',
    '::1%lo',
    'fe80::1%eth0',
    '010.0.0.1',
    '127.1',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    'localhost',
    'router.local',
    'tracker.example.org',
    '0x7f000001',
    '2130706433',
    '',
  ])('refuses %j', (address) => {
    expect(isContactableAddress(address)).toBe(false);
  });

  it('judges an IPv4 address the same in every IPv6 range and spelling', () => {
    fc.assert(
      fc.property(fc.ipV4(), wrapping, spelling, (address, wrap, spell) => {
        const first = Number(address.split('.')[0]);
        const good = first !== 0 && first !== 127 && first < 224;
        expect(isContactableAddress(address)).toBe(good);
        expect(isContactableAddress(spell(wrap(groupsOf(address))))).toBe(good);
      }),
    );
  });

  it('judges an IPv6 address the same in every spelling', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const groups = fc.oneof(
      fc.constantFrom(...['::', '::1', 'ff02::fb', 'fe80::1', '2001:db8::7'].map(expand)),
      // Addresses with runs of zeros have the most spellings.
      fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, group), { minLength: 8, maxLength: 8 }),
    );
    fc.assert(
      fc.property(groups, spelling, spelling, (address, one, other) => {
        expect(isContactableAddress(one(address))).toBe(isContactableAddress(other(address)));
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

  it('name a bounded position in the description', () => {
    const candidate = { candidate: line('192.168.1.5'), sdpMid: '0', sdpMLineIndex: 0 };
    expect(candidateSchema.safeParse(candidate).success).toBe(true);
    expect(candidateSchema.safeParse({ ...candidate, sdpMLineIndex: 4 }).success).toBe(false);
    expect(candidateSchema.safeParse({ ...candidate, usernameFragment: 'x' }).success).toBe(false);
  });
});
