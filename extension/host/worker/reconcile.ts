import type { Badge } from '../action.ts';
import { SELF_TEST_NOTIFICATION, type Notification } from '../notifications.ts';
import type { Appearance, IconState } from './appearance.ts';
import { isDeviceNotice } from './device-notices.ts';
import { messageNoticeId } from './message-notice.ts';
import { MISSED_NOTICE } from './missed-notice.ts';
import { REQUEST_NOTICE } from './request-notice.ts';
import { SILENT_PHONE_NOTICE } from './silent-phone-notice.ts';

/** What drawing needs: the browser's notifications and icon, and the person's language. */
export interface Canvas {
  shownNotifications(): Promise<string[]>;
  showNotification(id: string, notification: Notification): Promise<void>;
  clearNotification(id: string): Promise<void>;
  showBadge(badge: Badge): Promise<void>;
  message(key: string, substitution?: string): string;
}

/** Of what waits to be looked at. */
const WAITING_COLOUR = '#b3261e';

/** Notifications that are shown and cleared elsewhere. */
const OTHERS: ReadonlySet<string> = new Set([
  SELF_TEST_NOTIFICATION,
  MISSED_NOTICE,
  REQUEST_NOTICE,
  SILENT_PHONE_NOTICE,
]);

const BADGES: Record<IconState, { text: string; colour: string }> = {
  idle: { text: '', colour: '#0a7a6a' },
  ringing: { text: '●', colour: '#0a7a6a' },
  'in-call': { text: '●', colour: '#b3261e' },
  'not-connected': { text: '!', colour: '#8a5a00' },
  'signed-out': { text: '', colour: '#5f6368' },
};

/** The badge has room for three characters. */
const badgeCount = (count: number): string => (count > 99 ? '99+' : String(count));

const drawNotifications = async (
  canvas: Canvas,
  { notifications, messages }: Appearance,
  before: Appearance | null,
): Promise<void> => {
  // A notice of a new device reports an event, not a state: it stays until it is pressed or dismissed.
  const shown = (await canvas.shownNotifications()).filter((id) => !isDeviceNotice(id));
  const wanted = new Set<string>([
    ...notifications.map(({ callId }) => callId),
    ...messages.map(messageNoticeId),
  ]);
  const stale = shown.filter((id) => !wanted.has(id) && !OTHERS.has(id));
  // One that is shown is not shown again, because it would pop up anew, unless whoever calls has taken another name.
  const missing = notifications.filter(({ callId, name }) => {
    const drawn = before?.notifications.find((one) => one.callId === callId);
    return !shown.includes(callId) || (drawn !== undefined && drawn.name !== name);
  });
  const unannounced = messages.filter((announced) => !shown.includes(messageNoticeId(announced)));
  // First, so that one that replaces another does not stand beside it.
  await Promise.all(stale.map((id) => canvas.clearNotification(id)));
  await Promise.all([
    ...missing.map(({ callId, name, username, media }) =>
      canvas.showNotification(callId, {
        title: canvas.message('notificationTitle', name),
        // Display names can be copied, usernames cannot.
        message: `@${username} · ${canvas.message(media === 'video' ? 'notificationVideo' : 'notificationAudio')}`,
        buttons: [canvas.message('notificationAccept'), canvas.message('notificationDecline')],
      }),
    ),
    // Not its text: somebody else may be looking at the screen.
    ...unannounced.map((announced) =>
      canvas.showNotification(messageNoticeId(announced), {
        title: canvas.message('messageNotificationTitle', announced.name),
        message:
          announced.count > 1
            ? canvas.message('unreadMessages', badgeCount(announced.count))
            : canvas.message('messageNotificationText'),
        buttons: [],
        quiet: true,
      }),
    ),
  ]);
};

/** What waits to be looked at, in words. */
const waitingText = (canvas: Canvas, { missed, unread, requests }: Appearance): string =>
  [
    ...(missed > 0
      ? [missed === 1 ? canvas.message('missedCall') : canvas.message('missedCalls', badgeCount(missed))]
      : []),
    ...(unread > 0 ? [canvas.message('actionTitleUnread', badgeCount(unread))] : []),
    ...(requests > 0 ? [canvas.message('contactRequests', badgeCount(requests))] : []),
  ].join(' · ');

/** At rest the badge counts what waits to be looked at; whatever goes on now comes before that. */
const badgeOf = (canvas: Canvas, appearance: Appearance): Badge => {
  const badge = BADGES[appearance.icon];
  const [first] = appearance.notifications;
  const waiting = appearance.missed + appearance.unread + appearance.requests;
  const title = waitingText(canvas, appearance) || canvas.message('actionTitle');
  if (first) return { ...badge, title: canvas.message('notificationTitle', first.name) };
  if (badge.text !== '' || waiting === 0) return { ...badge, title };
  return { text: badgeCount(waiting), colour: WAITING_COLOUR, title };
};

/**
 * Makes what is shown equal to what should be, whatever was there before.
 * @param before what this life of the worker has drawn last; null: nothing.
 */
export const reconcile = async (
  canvas: Canvas,
  appearance: Appearance,
  before: Appearance | null,
): Promise<void> => {
  await Promise.all([
    drawNotifications(canvas, appearance, before),
    canvas.showBadge(badgeOf(canvas, appearance)),
  ]);
};
