import { describe, expect, it } from 'vitest';
import type { BackgroundSnapshot } from '../../ipc/slices.ts';
import { desiredAppearance, type IconState } from './appearance.ts';
import { atRest, inPhase, ringing } from '../../../testkit/ipc/sample-snapshot.ts';

const ended = { kind: 'ended', reason: 'hung-up', connectedAt: 1, endedAt: 2 } as const;
const signedOut = { kind: 'signed-out', serverUrl: null, username: null, problem: null } as const;
const offline = { kind: 'offline', problem: 'server-unreachable', retryAt: null } as const;

const cases: [string, BackgroundSnapshot, IconState][] = [
  ['at rest', atRest, 'idle'],
  ['starting', { ...atRest, session: { kind: 'starting' } }, 'idle'],
  ['signed out', { ...atRest, session: signedOut }, 'signed-out'],
  [
    'without a connection',
    { ...atRest, session: { ...atRest.session, connection: offline } as BackgroundSnapshot['session'] },
    'not-connected',
  ],
  ['dialing', inPhase({ kind: 'dialing' }), 'in-call'],
  ['in a call', inPhase({ kind: 'active', connectedAt: 1 }), 'in-call'],
  ['after a call', inPhase(ended), 'idle'],
  ['ringing', { ...atRest, incoming: [ringing(1, 'Bob')] }, 'ringing'],
  ['ringing during a call', { ...inPhase({ kind: 'connecting' }), incoming: [ringing(1, 'Bob')] }, 'ringing'],
];

describe('desiredAppearance', () => {
  it.each(cases)('%s', (_name, snapshot, icon) => {
    expect(desiredAppearance(snapshot).icon).toBe(icon);
  });

  it('counts what is unread, and announces what wants it', () => {
    const [ann, bob] = [
      { userId: 'ann', name: 'Ann', count: 2 },
      { userId: 'bob', name: 'Bob', count: 3 },
    ];
    expect(
      desiredAppearance({ ...atRest, unread: [ann, bob], announced: [{ userId: 'ann', at: 7 }] }),
    ).toMatchObject({
      unread: 5,
      messages: [{ userId: 'ann', at: 7, name: 'Ann', count: 2 }],
    });
  });

  it('has a notification for the foremost call that rings, named after the call', () => {
    const incoming = [ringing(1, 'Bob'), ringing(2, 'Cat')];
    expect(desiredAppearance({ ...atRest, incoming }).notifications).toEqual([
      { callId: incoming[0]?.callId, name: 'Bob', username: 'ann', media: 'video' },
    ]);
  });
});
