import { describe, expect, it } from 'vitest';
import { parseServerAddress } from './server-address.ts';

const parse = (serverUrl: string, insecureConfirmed = false) =>
  parseServerAddress({ serverUrl, insecureConfirmed });

describe('parseServerAddress', () => {
  it.each([
    ['localhost:3000', 'http://localhost:3000'],
    ['  LOCALHOST:3000/ ', 'http://localhost:3000'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['127.1:3000', 'http://127.0.0.1:3000'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['ws://calls.localhost', 'http://calls.localhost'],
    ['example.org', 'https://example.org'],
    ['example.org:8443', 'https://example.org:8443'],
    ['8.8.8.8:3000', 'https://8.8.8.8:3000'],
    ['http://example.org', 'https://example.org'],
    ['wss://example.org', 'https://example.org'],
    ['https://192.168.1.5:3000', 'https://192.168.1.5:3000'],
    ['bücher.example', 'https://xn--bcher-kva.example'],
    ['[2001:db8::1]', 'https://[2001:db8::1]'],
    ['\u200e\u2068example.org:8443\u2069\u200b', 'https://example.org:8443'],
    ['local\u00adhost:3000\u200e', 'http://localhost:3000'],
  ])('%s is %s', (typed, origin) => {
    expect(parse(typed)).toEqual({ ok: true, origin });
  });

  it.each([
    '192.168.1.5:3000',
    '10.0.0.1',
    '172.31.0.1',
    '169.254.1.1',
    '100.64.0.1',
    'http://nas',
    'pi.local',
    '[fd00::1]:3000',
    '[fe80::1]',
  ])('%s goes without TLS only once confirmed', (typed) => {
    expect(parse(typed)).toEqual({ ok: false, code: 'insecure-address' });
    expect(parse(typed, true)).toEqual({
      ok: true,
      origin: new URL(typed.startsWith('http') ? typed : `http://${typed}`).origin,
    });
  });

  it('says which character it cannot hold', () => {
    expect(parse('example\u202e.org')).toEqual({ ok: false, code: 'bad-character U+202E' });
  });

  it.each(['172.32.0.1', '192.169.0.1', '11.0.0.1'])('%s is not private', (typed) => {
    expect(parse(typed)).toEqual({ ok: true, origin: `https://${typed}` });
  });

  it.each([
    '',
    'http://example.org:3000',
    'ftp://example.org',
    'javascript:alert(1)',
    'https://a:b@example.org',
    'example.org/x',
    'example.org?x',
    'a b',
    'https://',
  ])('refuses %s, confirmed or not', (typed) => {
    expect(parse(typed)).toEqual({ ok: false, code: 'bad-address' });
    expect(parse(typed, true)).toEqual({ ok: false, code: 'bad-address' });
  });
});
