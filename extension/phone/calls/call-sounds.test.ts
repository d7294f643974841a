import { describe, expect, it } from 'vitest';
import { IDLE, type CurrentCall, type Phone, type RingingIn } from './machine/phone.ts';
import { shortSound, lastingSound } from './call-sounds.ts';

const person = (n: number) => ({
  userId: `1000000${String(n)}-0000-4000-8000-000000000000`,
  username: `user${String(n)}`,
  displayName: `User ${String(n)}`,
});
const base = {
  callId: '20000000-0000-4000-8000-000000000000',
  peer: person(1),
  media: 'audio',
  v: 1,
  side: 'caller',
} as const;
const dialing = { ...base, kind: 'dialing', since: 0, redialed: false } as const;
const ringingOut = { ...base, kind: 'ringing-out', since: 0 } as const;
const active = { ...base, kind: 'active', side: 'caller', connectedAt: 0, nextLink: null } as const;
const reconnecting = { ...active, kind: 'reconnecting', since: 0, retry: { at: 0, pause: 0 } } as const;
const ended = { ...base, kind: 'ended', reason: 'hung-up', connectedAt: 0, endedAt: 1 } as const;
const theirs: RingingIn = {
  callId: '30000000-0000-4000-8000-000000000000',
  from: person(2),
  media: 'audio',
  v: 1,
  since: 0,
  expiresAt: 9,
};
const phone = (current: CurrentCall | null, ...incoming: RingingIn[]): Phone => ({
  ...IDLE,
  current,
  incoming,
});

describe('what sounds', () => {
  it.each([
    ['nothing at rest', phone(null), null],
    ['nothing before it rings there', phone(dialing), null],
    ['ring-back', phone(ringingOut), 'ring-back'],
    ['the ringtone', phone(null, theirs), 'ring'],
    ['the ringtone over an ended call', phone(ended, theirs), 'ring'],
    ['the ringtone over ring-back', phone(ringingOut, theirs), 'ring'],
    ['nothing into a call', phone(active, theirs), null],
  ] as const)('%s', (_what, now, sound) => {
    expect(lastingSound(now)).toBe(sound);
  });

  it.each([
    ['the end of a call', phone(ended), phone(active), 'ended'],
    [
      'why nobody answered',
      phone({ ...ended, reason: 'no-answer', connectedAt: null }),
      phone(ringingOut),
      'busy',
    ],
    ['nothing when it was cancelled', phone({ ...ended, reason: 'cancelled' }), phone(ringingOut), null],
    ['nothing for a missed call', phone({ ...ended, reason: 'no-answer' }), phone(null, theirs), null],
    ['the connection is away', phone(reconnecting), phone(active), 'interrupted'],
    ['nothing when it is back', phone(active), phone(reconnecting), null],
    ['nothing twice', phone(ended), phone(ended), null],
  ] as const)('once: %s', (_what, now, before, sound) => {
    expect(shortSound(now, before)).toBe(sound);
  });
});
