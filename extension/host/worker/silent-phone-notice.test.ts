import { describe, expect, it } from 'vitest';
import type { BackgroundSnapshot } from '../../ipc/slices.ts';
import type { ConnectionProblem } from '../../ipc/snapshot.ts';
import { atRest } from '../../../testkit/ipc/sample-snapshot.ts';
import type { Notification } from '../notifications.ts';
import { createSilentPhoneNotice } from './silent-phone-notice.ts';

type Worker = Pick<BackgroundSnapshot, 'session'>;

const { session } = atRest;
const withConnection = (
  connection: { kind: 'connecting' | 'online' } | { kind: 'offline'; problem: ConnectionProblem },
): Worker => {
  if (session.kind !== 'signed-in') throw new Error('not signed in');
  return { session: { ...session, connection } };
};
const offline = (problem: ConnectionProblem): Worker => withConnection({ kind: 'offline', problem });

const setUp = () => {
  const values = new Map<string, unknown>();
  const shown = new Map<string, Notification>();
  const said: string[] = [];
  /** The worker, as often as it starts. */
  const consider = (snapshot: Worker): Promise<void> =>
    createSilentPhoneNotice({
      store: {
        get: (key) => Promise.resolve(values.get(key)),
        set: (key, value) => Promise.resolve(void values.set(key, value)),
      },
      show: (id, notification) => {
        said.push(notification.message);
        return Promise.resolve(void shown.set(id, notification));
      },
      clear: (id) => Promise.resolve(void shown.delete(id)),
      message: (key) => key,
    }).consider(snapshot);
  return { consider, shown, said };
};

describe('the notice of a phone that cannot ring', () => {
  it('says once why, and stays until the phone is connected', async () => {
    const { consider, shown, said } = setUp();
    for (const snapshot of [
      offline('version-too-old'),
      withConnection({ kind: 'connecting' }),
      offline('server-unreachable'),
      offline('version-too-old'),
    ]) {
      await consider(snapshot);
      expect([...shown.values()]).toEqual([
        { title: 'cannotRing', message: 'problemVersionTooOld', buttons: [] },
      ]);
    }
    expect(said).toHaveLength(1);
    await consider(withConnection({ kind: 'online' }));
    expect(shown.size).toBe(0);
    await consider(offline('version-too-old'));
    expect(said).toHaveLength(2);
  });

  it('says another reason anew', async () => {
    const { consider, said } = setUp();
    await consider(offline('version-too-new'));
    await consider(offline('websocket-blocked'));
    expect(said).toEqual(['problemVersionTooNew', 'problemWebsocketBlocked']);
  });

  it('says nothing of what passes by itself', async () => {
    const { consider, shown } = setUp();
    for (const problem of ['server-unreachable', 'unavailable', 'rate-limited', 'overloaded'] as const) {
      await consider(offline(problem));
    }
    await consider({ session: { kind: 'starting' } });
    expect(shown.size).toBe(0);
  });

  it('goes with the sign-out', async () => {
    const { consider, shown } = setUp();
    await consider(offline('origin-refused'));
    await consider({ session: { kind: 'signed-out' } });
    expect(shown.size).toBe(0);
  });
});
