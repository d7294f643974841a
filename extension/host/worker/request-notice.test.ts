import { describe, expect, it } from 'vitest';
import { TIMES } from '../../../protocol/limits.ts';
import type { BackgroundSnapshot } from '../../ipc/slices.ts';
import type { Notification } from '../notifications.ts';
import { createRequestNotice } from './request-notice.ts';
import { atRest } from '../../../testkit/ipc/sample-snapshot.ts';

const person = (name: string, at: number) => ({
  userId: `1000000${String(at)}-0000-4000-8000-000000000000`,
  username: name.toLowerCase(),
  displayName: name,
  at,
});
const asked = (
  incoming: ReturnType<typeof person>[],
  session: BackgroundSnapshot['session'] = atRest.session,
): BackgroundSnapshot => ({
  ...atRest,
  session,
  people: { pending: { incoming } },
});

const setUp = () => {
  const values = new Map<string, unknown>();
  const shown = new Map<string, Notification>();
  const said: string[] = [];
  /** The worker, as often as it starts. */
  const start = () =>
    createRequestNotice({
      store: {
        get: (key) => Promise.resolve(values.get(key)),
        set: (key, value) => Promise.resolve(void values.set(key, value)),
      },
      show: (id, notification) => {
        said.push(notification.title);
        return Promise.resolve(void shown.set(id, notification));
      },
      clear: (id) => Promise.resolve(void shown.delete(id)),
      message: (key) => key,
    });
  return { start, shown, said };
};

describe('the notice of a request', () => {
  it('says once of each that there is a request, quietly and without their words', async () => {
    const { start, shown, said } = setUp();
    await start().consider(asked([person('Grace', 1)]));
    expect([...shown.values()]).toEqual([
      { title: 'contactRequestNotice', message: 'contactRequestHelp', buttons: [], quiet: true },
    ]);
    // Also when the worker was restarted.
    await start().consider(asked([person('Grace', 1)]));
    expect(said).toHaveLength(1);
    await start().consider(asked([person('Ada', 2), person('Grace', 1)]));
    // Ada is answered: Grace was said before.
    await start().consider(asked([person('Grace', 1)]));
    expect(said).toHaveLength(2);
  });

  it('says nothing of who withdraws their request and sends it again, for 30 days', async () => {
    const { start, said } = setUp();
    const grace = person('Grace', 1);
    for (let times = 0; times < 5; times += 1) {
      await start().consider(asked([{ ...grace, at: 1 + times }]));
      await start().consider(asked([]));
    }
    expect(said).toHaveLength(1);
    await start().consider(asked([{ ...grace, at: 1 + TIMES.declined }]));
    expect(said).toHaveLength(2);
  });

  it('goes when all are answered, or the person signs out, and stays while nothing is known', async () => {
    const { start, shown } = setUp();
    const notice = start();
    await notice.consider(asked([person('Grace', 1)]));
    await notice.consider(asked([], { kind: 'starting' }));
    expect(shown.size).toBe(1);
    await notice.consider(asked([]));
    expect(shown.size).toBe(0);
    await notice.consider(asked([person('Ada', 2)]));
    await notice.consider(asked([], { kind: 'signed-out' }));
    expect(shown.size).toBe(0);
  });

  it('waits until the person may be disturbed', async () => {
    const { start, shown } = setUp();
    const { session } = atRest;
    if (session.kind !== 'signed-in') throw new Error('not signed in');
    const busy: BackgroundSnapshot['session'] = {
      ...session,
      presence: { ...session.presence, status: 'do-not-disturb' },
    };
    await start().consider(asked([person('Grace', 1)], busy));
    expect(shown.size).toBe(0);
    await start().consider(asked([person('Grace', 1)]));
    expect(shown.size).toBe(1);
  });
});
