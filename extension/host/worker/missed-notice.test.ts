import { describe, expect, it } from 'vitest';
import type { Missed } from '../../../protocol/history/history.ts';
import type { BackgroundSnapshot } from '../../ipc/slices.ts';
import type { Notification } from '../notifications.ts';
import { createMissedNotice } from './missed-notice.ts';
import { atRest, ringing } from '../../../testkit/ipc/sample-snapshot.ts';

const missed = (n: number, name: string, count = 1): Missed => {
  const { callId, from } = ringing(n, name);
  const facts = { media: 'video', reason: 'no-answer', placedAt: 1, duration: null } as const;
  return { count, latest: { ...facts, callId, person: from, direction: 'incoming' } };
};
const having = (
  value: Missed | null,
  session: BackgroundSnapshot['session'] = atRest.session,
): BackgroundSnapshot => ({
  ...atRest,
  session,
  history: { missed: value },
});
const NONE: Missed = { count: 0, latest: null };

const setUp = () => {
  const values = new Map<string, unknown>();
  const shown = new Map<string, Notification>();
  const events: string[] = [];
  /** The worker, as often as it starts. */
  const start = () =>
    createMissedNotice({
      store: {
        get: (key) => Promise.resolve(values.get(key)),
        set: (key, value) => Promise.resolve(void values.set(key, value)),
      },
      show: (id, notification) => {
        events.push(notification.title);
        return Promise.resolve(void shown.set(id, notification));
      },
      clear: (id) => Promise.resolve(void shown.delete(id)),
      message: (key, substitution) => [key, substitution].filter(Boolean).join(' '),
    });
  return { start, shown, events };
};

describe('the notice of a missed call', () => {
  it('says who, quietly, and once, also when the worker was restarted', async () => {
    const { start, shown, events } = setUp();
    await start().consider(having(missed(1, 'Grace')));
    expect([...shown.values()]).toEqual([
      { title: 'missedCallFrom Grace', message: '@ann · notificationVideo', buttons: [], quiet: true },
    ]);
    await start().consider(having(missed(1, 'Grace')));
    expect(events).toHaveLength(1);
  });

  it('says the next one, and how many there are', async () => {
    const { start, shown } = setUp();
    const notice = start();
    await notice.consider(having(missed(1, 'Grace')));
    await notice.consider(having(missed(2, 'Ada', 2)));
    expect([...shown.values()]).toMatchObject([
      { title: 'missedCallFrom Ada', message: '@ann · missedCalls 2' },
    ]);
  });

  it('goes when the person has looked, or signed out', async () => {
    const { start, shown } = setUp();
    const notice = start();
    await notice.consider(having(missed(1, 'Grace')));
    await notice.consider(having(NONE));
    expect(shown.size).toBe(0);
    await notice.consider(having(missed(2, 'Grace')));
    const signedOut = { kind: 'signed-out', serverUrl: null, username: null, problem: null } as const;
    await notice.consider(having(null, signedOut));
    expect(shown.size).toBe(0);
  });

  it('stays while nothing is known', async () => {
    const { start, shown } = setUp();
    await start().consider(having(missed(1, 'Grace')));
    await start().consider(having(null));
    await start().consider(having(null, { kind: 'starting' }));
    expect(shown.size).toBe(1);
  });

  it('waits until the person may be disturbed', async () => {
    const { start, shown } = setUp();
    const notice = start();
    const { session } = atRest;
    if (session.kind !== 'signed-in') throw new Error('not signed in');
    await notice.consider(
      having(missed(1, 'Grace'), { ...session, presence: { ...session.presence, status: 'do-not-disturb' } }),
    );
    expect(shown.size).toBe(0);
    await notice.consider(having(missed(1, 'Grace')));
    expect(shown.size).toBe(1);
  });
});
