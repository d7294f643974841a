import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectCapture } from './support/in-call.ts';
import { openedCapture } from './support/media-probe.ts';
import { readNetLog, type NetEvent } from './support/net-log.ts';
import { Person } from './support/person.ts';
import { RecordingProxy, type PassedFrame } from './support/recording-proxy.ts';
import { startServer } from './support/start-server.ts';
import { expect, test } from './support/test.ts';
import { until } from './support/until.ts';

/** A STUN server that only listens: the test checks whether it is asked. */
const listen = async (): Promise<{ socket: Socket; url: string }> => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { socket, url: `stun:127.0.0.1:${String(socket.address().port)}` };
};

// Fixed parts of every description that look like addresses but reveal none (RFC 8829, RFC 9725).
const PLACEHOLDERS = [/IN IP4 0\.0\.0\.0/g, /IN IP4 127\.0\.0\.1/g, /IN IP6 ::/g];
const ADDRESSES = [
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/,
  /\b[\da-f]{1,4}(?::[\da-f]{0,4}){3,7}\b/i,
  /[\da-f-]{36}\.local/i,
  /candidate:/,
  /typ (?:host|srflx|prflx|relay)/,
];

/**
 * Finds everything in a message that looks like an address, except fingerprints, which are hexadecimal with
 * colons.
 */
const addressesIn = (text: string): string[] => {
  const plain = PLACEHOLDERS.reduce((rest, pattern) => rest.replaceAll(pattern, ''), text)
    .replaceAll(/a=fingerprint:\S+ [\dA-F:]+/gi, '')
    .replaceAll(/a=extmap:[^\\]*/g, '');
  return ADDRESSES.flatMap((pattern) => pattern.exec(plain)?.[0] ?? []);
};

/**
 * Addresses that a browser sent anything to, or tried to. A UDP socket that is connected sends nothing by that:
 * Chromium does so to find out whether the machine has IPv6 at all. It counts once it sends.
 */
const contacted = (events: NetEvent[]): string[] => {
  const sending = /^(?:UDP_BYTES_SENT|TCP_CONNECT_ATTEMPT|SOCKET_BYTES_SENT|HOST_RESOLVER_MANAGER_REQUEST)$/;
  const senders = new Set(events.filter(({ type }) => type === 'UDP_BYTES_SENT').map(({ source }) => source));
  const found = events.filter(
    ({ type, source }) => sending.test(type) || (type === 'UDP_CONNECT' && senders.has(source)),
  );
  return [...new Set(found.flatMap(({ address }) => address ?? []))].sort();
};

test('before Accept, the callee’s browser reveals nothing: no packet, no address, no capture', async ({
  closing,
}) => {
  const stun = await listen();
  closing({ close: () => new Promise<void>((resolve) => stun.socket.close(() => resolve())) });
  const server = await startServer({ STUN_URLS: stun.url });
  closing({ close: () => server.stop() });
  const folder = await mkdtemp(join(tmpdir(), 'quick-call-net-log-'));
  closing({ close: () => rm(folder, { recursive: true, force: true }) });
  const netLog = join(folder, 'callee.json');

  const callersProxy = closing(await RecordingProxy.start(server.url));
  const calleesProxy = closing(await RecordingProxy.start(server.url));
  const caller = closing(await Person.signedUp('Linus', callersProxy.url));
  const callee = closing(
    await Person.signedUp('Barbara', calleesProxy.url, {
      args: [
        `--log-net-log=${netLog}`,
        '--net-log-capture-mode=Everything',
        // The browser's own look-ups of its maker's hosts are ignored; they can come at any time.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ],
    }),
  );

  const rang = Date.now();
  await caller.call('Barbara', 'video');
  await expect(callee.ringing()).toBeVisible();
  // The answer is prepared while it rings; the caller's phone asks the STUN server while the callee's must not.
  await expectCapture(caller, ['audio', 'video']);
  await until(() => calleesProxy.frames.some(({ text }) => text.includes('call:ringing')), {
    what: 'call:ringing',
  });
  await until(() => callersProxy.frames.some(({ text }) => text.includes('"candidates"')), {
    what: 'the caller’s candidates to have gone to the server: whatever is prepared is prepared',
  });
  expect(await openedCapture(callee.phone)).toBe(0);

  const framesBefore: PassedFrame[] = [...calleesProxy.frames];
  const invite = callersProxy.frames.find(({ text }) => text.includes('call:invite'));
  const accepted = Date.now();
  await callee.accept();
  await Promise.all([caller.connected(), callee.connected()]);
  await callee.button('Hang up').click();
  await callee.ended();
  await callee.close();

  await test.step('no description or message before Accept holds an address', () => {
    expect(invite?.text).toContain('a=ice-ufrag');
    expect(addressesIn(invite?.text ?? '')).toEqual([]);
    const incoming = framesBefore.filter(({ text }) => text.includes('call:incoming'));
    expect(incoming).toHaveLength(1);
    for (const { text } of framesBefore) {
      // The server names its own STUN server when the phone signs in: it is nobody's address.
      expect(addressesIn(text.replaceAll(stun.url, '')), text.slice(0, 200)).toEqual([]);
    }
  });

  await test.step('the same search finds addresses in what is said after Accept', () => {
    const later = calleesProxy.frames.slice(framesBefore.length);
    expect(later.flatMap(({ text }) => addressesIn(text))).not.toEqual([]);
  });

  await test.step('no packet before Accept but to the signalling server', async () => {
    const events = await readNetLog(netLog);
    const proxy = new URL(calleesProxy.url).host;
    const before = contacted(events.filter(({ at }) => at >= rang && at < accepted));
    expect(before.filter((address) => address !== proxy)).toEqual([]);
    // The log does show such packets once they are sent.
    const after = contacted(events.filter(({ at }) => at >= accepted));
    expect(after).toContain(stun.url.slice('stun:'.length));
  });
});
