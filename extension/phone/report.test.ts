import { expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { AT_START, type Snapshot } from '../ipc/slices.ts';
import { LogRing } from './log-ring.ts';
import { createReport } from './report.ts';

const bob = { userId: 'secret-user', username: 'secret-name', displayName: 'Secret Name' };
const snapshot: Snapshot = {
  ...AT_START,
  session: {
    kind: 'signed-in',
    serverUrl: 'https://secret.example',
    account: bob,
    presence: { status: 'available', until: null, text: null, lastSeenShown: false },
    connection: { kind: 'offline', problem: 'server-unreachable', retryAt: 1 },
  },
  contacts: [{ ...bob, status: 'away', v: 1, favourite: false, ringsThrough: false }],
  incoming: [{ callId: 'secret-call', from: bob, media: 'audio', since: 1 }],
  privacy: { hideAddress: true, relay: 'available' },
  call: {
    callId: 'secret-call',
    peer: bob,
    media: 'video',
    direction: 'outgoing',
    phase: { kind: 'ended', reason: 'media-failed', connectedAt: null, endedAt: 1, problem: 'no-relay' },
    microphone: { kind: 'on' },
    camera: { kind: 'problem', problem: 'in-use' },
    remote: null,
    quality: null,
    deviceNotices: [],
    hint: null,
  },
  permissions: { microphone: 'granted', camera: 'denied' },
};

it('tells states and codes, and nothing by which people could be told apart', () => {
  const ring = new LogRing(2, () => 0);
  ring.log('first');
  ring.log('second', { code: 'busy', v: 3 });
  ring.log('third');
  const report = createReport({ version: '1.2.3', userAgent: 'Browser/1', snapshot, log: ring.lines });
  expect(report).toBe(
    [
      `Quick Call 1.2.3, protocol ${PROTOCOL_VERSION}`,
      'Browser/1',
      'session: signed-in, available, offline (server-unreachable), tls',
      'contacts: 1, ringing: 1',
      'call: ended (media-failed, no-relay), video, microphone on, camera in-use',
      'address: hidden, relay available',
      'permissions: microphone granted, camera denied',
      '',
      '1970-01-01T00:00:00.000Z second code=busy v=3',
      '1970-01-01T00:00:00.000Z third',
    ].join('\n'),
  );
  expect(report.toLowerCase()).not.toContain('secret');
});
