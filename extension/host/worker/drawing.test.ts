import { describe, expect, it } from 'vitest';
import type { Badge } from '../action.ts';
import type { Notification } from '../notifications.ts';
import { createDrawing } from './drawing.ts';
import type { Canvas } from './reconcile.ts';
import { atRest, ringing } from '../../../testkit/ipc/sample-snapshot.ts';

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

const setUp = (before: string[] = []) => {
  const shown = new Map<string, Notification | null>(before.map((id) => [id, null]));
  const events: string[] = [];
  let badge: Badge | null = null;
  const canvas: Canvas = {
    async shownNotifications() {
      await later();
      return [...shown.keys()];
    },
    async showNotification(id, notification) {
      await later();
      events.push(`show ${notification.title}`);
      shown.set(id, notification);
    },
    async clearNotification(id) {
      await later();
      events.push('clear');
      shown.delete(id);
    },
    showBadge(next) {
      badge = next;
      return Promise.resolve();
    },
    message: (key, substitution) => [key, substitution].filter(Boolean).join(' '),
  };
  return { draw: createDrawing(canvas), shown, events, badge: () => badge };
};

const bob = ringing(1, 'Bob');
const cat = ringing(2, 'Cat');
const dan = ringing(3, 'Dan');

describe('drawing', () => {
  it('shows who calls, with two buttons', async () => {
    const { draw, shown, badge } = setUp();
    await draw({ ...atRest, incoming: [bob] });
    expect(shown.get(bob.callId)).toEqual({
      title: 'notificationTitle Bob',
      message: '@ann · notificationVideo',
      buttons: ['notificationAccept', 'notificationDecline'],
    });
    expect(badge()).toMatchObject({ text: '●', title: 'notificationTitle Bob' });
  });

  it('clears what no longer rings, also what an earlier life of the worker has left', async () => {
    const { draw, shown, badge } = setUp([dan.callId, cat.callId, 'device:1']);
    await draw({ ...atRest, incoming: [bob] });
    expect([...shown.keys()]).toEqual(['device:1', bob.callId]);
    await draw(atRest);
    expect([...shown.keys()]).toEqual(['device:1']);
    expect(badge()).toMatchObject({ text: '', title: 'actionTitle' });
  });

  it('tells quietly of messages, not what they say, and counts them on the badge', async () => {
    const { draw, shown, badge } = setUp();
    const unread = [{ userId: 'ann', name: 'Ann', count: 120 }];
    const announced = [{ userId: 'ann', at: 7 }];
    await draw({ ...atRest, unread, announced, incoming: [bob] });
    expect(badge()).toMatchObject({ text: '●' });
    await draw({ ...atRest, unread, announced });
    expect([...shown]).toEqual([
      [
        'messages:7:ann',
        {
          title: 'messageNotificationTitle Ann',
          message: 'unreadMessages 99+',
          buttons: [],
          quiet: true,
        },
      ],
    ]);
    expect(badge()).toMatchObject({ text: '99+', title: 'actionTitleUnread 99+' });
    await draw(atRest);
    expect([...shown]).toEqual([]);
  });

  it('tells of a later message anew, with the count, in place of the earlier notification', async () => {
    const { draw, shown, events } = setUp();
    const having = (at: number, count: number) => ({
      ...atRest,
      unread: [{ userId: 'ann', name: 'Ann', count }],
      announced: [{ userId: 'ann', at }],
    });
    await draw(having(7, 1));
    expect([...shown.values()]).toMatchObject([{ message: 'messageNotificationText' }]);
    await draw(having(7, 2));
    await draw(having(8, 3));
    expect(events).toEqual([
      'show messageNotificationTitle Ann',
      'clear',
      'show messageNotificationTitle Ann',
    ]);
    expect([...shown.values()]).toMatchObject([{ message: 'unreadMessages 3' }]);
  });

  it('leaves alone what others show', async () => {
    const others = ['missed', 'request', 'silent-phone', 'self-test'];
    const { draw, shown } = setUp(others);
    await draw(atRest);
    expect([...shown.keys()]).toEqual(others);
  });

  it('tells another name of whoever calls, in place of the notification', async () => {
    const { draw, shown, events } = setUp();
    await draw({ ...atRest, incoming: [bob] });
    await draw({ ...atRest, incoming: [{ ...bob, from: { ...bob.from, displayName: 'Robert' } }] });
    expect(events).toEqual(['show notificationTitle Bob', 'show notificationTitle Robert']);
    expect([...shown.keys()]).toEqual([bob.callId]);
  });

  it('counts what was missed on the badge at rest, and there only', async () => {
    const { draw, badge } = setUp();
    const having = (count: number) => ({
      ...atRest,
      history: { missed: { count, latest: null }, revision: 1 },
    });
    await draw(having(1));
    expect(badge()).toMatchObject({ text: '1', title: 'missedCall' });
    await draw(having(12));
    expect(badge()).toMatchObject({ text: '12', title: 'missedCalls 12' });
    await draw(having(1_000));
    expect(badge()).toMatchObject({ text: '99+' });
    await draw({ ...having(12), incoming: [bob] });
    expect(badge()).toMatchObject({ text: '●', title: 'notificationTitle Bob' });
    await draw(having(0));
    expect(badge()).toMatchObject({ text: '', title: 'actionTitle' });
  });

  it('leaves alone what is there already', async () => {
    const { draw, events } = setUp();
    await draw({ ...atRest, incoming: [bob] });
    await draw({ ...atRest, incoming: [bob, cat] });
    expect(events).toEqual(['show notificationTitle Bob']);
  });

  it('ends with the last snapshot, however fast they come', async () => {
    const { draw, shown } = setUp();
    await Promise.all([
      draw({ ...atRest, incoming: [bob] }),
      draw({ ...atRest, incoming: [bob, cat] }),
      draw(atRest),
    ]);
    expect([...shown.keys()]).toEqual([]);
  });
});
