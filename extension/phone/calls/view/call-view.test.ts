import { describe, expect, it } from 'vitest';
import { IDLE, type CurrentCall } from '../machine/phone.ts';
import { callView, incomingViews } from './call-view.ts';

const peer = { userId: '10000000-0000-4000-8000-000000000000', username: 'ann', displayName: 'Ann' };
const base = {
  callId: '20000000-0000-4000-8000-000000000000',
  peer,
  media: 'video',
  v: 3,
  side: 'caller',
} as const;
const reconnecting: CurrentCall = {
  ...base,
  kind: 'reconnecting',
  retry: { at: 0, pause: 0 },
  side: 'caller',
  connectedAt: 10,
  since: 1_000,
  nextLink: null,
};
const ringing = {
  callId: '30000000-0000-4000-8000-000000000000',
  from: peer,
  media: 'audio',
  v: 1,
  since: 5,
  expiresAt: 9,
} as const;

describe('callView', () => {
  it('says when a call that is interrupted will be given up', () => {
    expect(callView(reconnecting).phase).toEqual({
      kind: 'reconnecting',
      connectedAt: 10,
      givesUpAt: 31_000,
    });
  });

  it('shows what the link captures, and nothing on without one', () => {
    const link = {
      microphone: { kind: 'on' },
      camera: { kind: 'starting' },
      remote: null,
      quality: null,
      deviceNotices: [],
      hint: 'silent',
    } as const;
    expect(callView(reconnecting, link)).toMatchObject(link);
    expect(callView(reconnecting)).toMatchObject({ microphone: { kind: 'off' }, camera: { kind: 'off' } });
  });

  it('tells nothing that only the machine needs', () => {
    const ended: CurrentCall = { ...base, kind: 'ended', reason: 'busy', connectedAt: null, endedAt: 7 };
    expect(callView(ended)).toEqual({
      callId: base.callId,
      peer,
      media: 'video',
      direction: 'outgoing',
      phase: { kind: 'ended', reason: 'busy', connectedAt: null, endedAt: 7 },
      microphone: { kind: 'off' },
      camera: { kind: 'off' },
      remote: null,
      quality: null,
      deviceNotices: [],
      hint: null,
    });
  });

  it('says how the connection does only while there is one', () => {
    const quality = { mark: 'fair', resting: false, action: null } as const;
    const link = {
      microphone: { kind: 'on' },
      camera: { kind: 'off' },
      remote: null,
      quality,
      deviceNotices: [],
      hint: null,
    } as const;
    const active: CurrentCall = { ...base, kind: 'active', connectedAt: 10, nextLink: null };
    expect(callView(active, link).quality).toEqual(quality);
    expect(callView(reconnecting, link).quality).toBeNull();
  });
});

it('shows the calls that ring, except from the person whom this phone is dialling', () => {
  const shown = { callId: ringing.callId, from: peer, media: 'audio', since: 5 };
  expect(incomingViews({ ...IDLE, incoming: [ringing] })).toEqual([shown]);
  const current: CurrentCall = { ...base, kind: 'dialing', since: 1, redialed: false };
  expect(incomingViews({ ...IDLE, current, incoming: [ringing] })).toEqual([]);
});
