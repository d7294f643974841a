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
    ['\u202aexample.org\u202c/', 'https://example.org'],
    ['example\u200b.org\u2069/\u200b', 'https://example.org'],
    // What people copy: pages of the server's own, with the sentence around them.
    ['https://example.org/healthz', 'https://example.org'],
    ['localhost:3000/readyz', 'http://localhost:3000'],
    ['https://example.org/api/v1/server', 'https://example.org'],
    ['https://example.org/socket.io/', 'https://example.org'],
    ['https://example.org/quick-call-extension.zip', 'https://example.org'],
    ['https://example.org/invite/ABCD-EFGH-JKMN-PQRS-TVWX', 'https://example.org'],
    ['https://example.org/?invite=K7QM-2XPD-9FHT-4WCB', 'https://example.org'],
    ['https://example.org?invite=K7QM-2XPD-9FHT-4WCB', 'https://example.org'],
    ['Join me: <localhost:3000/invite/abcdefghjkmnpqrstvwx>.', 'http://localhost:3000'],
    ['Our server is https://example.org, welcome', 'https://example.org'],
    ['example.org.', 'https://example.org'],
    ['https://example.org./', 'https://example.org'],
    ['https://example.org.:8443/', 'https://example.org:8443'],
    ['<https://example.org>', 'https://example.org'],
    ['“example.org”', 'https://example.org'],
    // Under a path.
    ['example.org/x', 'https://example.org/x'],
    ['https://example.org/call/', 'https://example.org/call'],
    ['https://example.org/call/healthz', 'https://example.org/call'],
    ['https://example.org/call/?invite=K7QM-2XPD-9FHT-4WCB', 'https://example.org/call'],
    ['https://example.org/call/invite/ABCD-EFGH-JKMN-PQRS-TVWX', 'https://example.org/call'],
  ])('%s is %s', (typed, serverUrl) => {
    expect(parse(typed)).toEqual({ ok: true, serverUrl });
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
      serverUrl: new URL(typed.startsWith('http') ? typed : `http://${typed}`).origin,
    });
  });

  it('takes no code for an address', () => {
    for (const code of ['K7QM-2XPD-9FHT-4WCB', 'ABCDEFGHJKMNPQRSTVWX']) {
      expect(parse(code, true)).toEqual({ ok: false, code: 'invite-without-address' });
    }
  });

  it('says which character it cannot hold', () => {
    expect(parse('example\u202e.org')).toEqual({ ok: false, code: 'bad-character U+202E' });
  });

  it.each(['172.32.0.1', '192.169.0.1', '11.0.0.1'])('%s is not private', (typed) => {
    expect(parse(typed)).toEqual({ ok: true, serverUrl: `https://${typed}` });
  });

  it.each([
    '',
    'http://example.org:3000',
    'ftp://example.org',
    'javascript:alert(1)',
    'https://a:b@example.org',
    'example.org?x',
    'a b',
    'https://',
  ])('refuses %s, confirmed or not', (typed) => {
    expect(parse(typed)).toEqual({ ok: false, code: 'bad-address' });
    expect(parse(typed, true)).toEqual({ ok: false, code: 'bad-address' });
  });
});
