import { isolated } from '../../../protocol/isolated.ts';
import { serve } from '../../ipc/serve.ts';
import { showBadge } from '../action.ts';
import { ensureWatchdog, onWatchdog } from '../alarms.ts';
import { anyPageOpen } from '../any-page-open.ts';
import { browser } from '../browser.ts';
import { visitProvider } from '../identity.ts';
import { onIdleChange, queryIdle } from '../idle.ts';
import { KeyValueStore } from '../key-value-store.ts';
import { logFailure } from '../log-failure.ts';
import {
  clearNotification,
  onNotificationButton,
  onNotificationClick,
  onNotificationClosed,
  SELF_TEST_NOTIFICATION,
  shownNotifications,
  showNotification,
} from '../notifications.ts';
import { ensureOffscreenDocument } from '../offscreen-document.ts';
import { openCallWindow, openDevices, openHistory, openPopup, openWelcomePage } from '../windows.ts';
import { askPhone } from './ask-phone.ts';
import { createCallControls } from './call-controls.ts';
import { createDeviceNotices, isDeviceNotice } from './device-notices.ts';
import { createDrawing } from './drawing.ts';
import { messageNoticeOf } from './message-notice.ts';
import { createMessageNotices } from './message-notices.ts';
import { createMissedNotice, MISSED_NOTICE } from './missed-notice.ts';
import { createRequestNotice, REQUEST_NOTICE } from './request-notice.ts';
import { createSilentPhoneNotice, SILENT_PHONE_NOTICE } from './silent-phone-notice.ts';
import { createUpdates } from './update.ts';

// The service worker: hands, not memory. It is stopped after 30 s of silence and started for each event,
// so that every listener is registered synchronously here and nothing is kept that may not be lost.

const message = (key: string, substitution?: string): string =>
  browser.i18n.getMessage(key, substitution === undefined ? undefined : isolated(substitution));
const draw = createDrawing({
  shownNotifications,
  showNotification,
  clearNotification,
  showBadge,
  message,
});
const deviceNotices = createDeviceNotices({
  showNotification,
  clearNotification,
  openDevices,
  message,
});
const controls = createCallControls({ askPhone, openCallWindow });
const notices = createMessageNotices({ askPhone, openPopup });
const store = new KeyValueStore('background');
const missedNotice = createMissedNotice({ store, show: showNotification, clear: clearNotification, message });
const requestNotice = createRequestNotice({
  store,
  show: showNotification,
  clear: clearNotification,
  message,
});
const silentPhoneNotice = createSilentPhoneNotice({
  store,
  show: showNotification,
  clear: clearNotification,
  message,
});
const updates = createUpdates({
  store,
  currentVersion: () => browser.runtime.getManifest().version,
  anyPageOpen,
  now: () => Date.now(),
  reload: () => {
    browser.runtime.reload();
  },
});

const attempt = (what: string, work: Promise<void>): void => {
  work.catch((error: unknown) => {
    logFailure(what, error);
  });
};

const considerUpdate = async (): Promise<void> => {
  await updates.consider(await askPhone('background-snapshot', {}));
};

serve(
  'background',
  {
    'ensure-phone': ensureOffscreenDocument,
    'open-call-window': openCallWindow,
    'visit-provider': ({ url }) => updates.hold(visitProvider(url)),
    'query-idle': async () => ({ idle: await queryIdle() }),
    'announce-device': (device) => deviceNotices.announce(device),
    async show(snapshot) {
      await Promise.all([
        draw(snapshot),
        ...[missedNotice, requestNotice, silentPhoneNotice].map((notice) => notice.consider(snapshot)),
      ]);
      await updates.consider(snapshot);
    },
  },
  logFailure,
);

onNotificationButton((callId, button) => {
  if (callId !== SELF_TEST_NOTIFICATION) attempt('notification button', controls.pressButton(callId, button));
});
onNotificationClick((id) => {
  const notice = messageNoticeOf(id);
  if (notice !== null) attempt('notification', notices.press(notice));
  else if (id === MISSED_NOTICE) attempt('notification', openHistory());
  else if (id === REQUEST_NOTICE || id === SILENT_PHONE_NOTICE) attempt('notification', openPopup());
  else if (isDeviceNotice(id)) attempt('notification', deviceNotices.press(id));
  else if (id !== SELF_TEST_NOTIFICATION) attempt('notification', controls.pressNotification());
});
onNotificationClosed((id) => {
  const notice = messageNoticeOf(id);
  if (notice !== null) attempt('notification closed', notices.close(notice));
});
onIdleChange((idle) => {
  const tell = async (): Promise<void> => {
    await askPhone('set-idle', { idle });
  };
  attempt('idle', tell());
});
browser.commands.onCommand.addListener((name) => {
  attempt('command', controls.command(name));
});
browser.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === 'install') attempt('welcome page', openWelcomePage());
});
browser.runtime.onUpdateAvailable.addListener(({ version }) => {
  const install = async (): Promise<void> => {
    await updates.available(version);
    await considerUpdate();
  };
  attempt('update', install());
});
// Registered so that the browser starts this worker, and with it the phone, when it starts itself.
browser.runtime.onStartup.addListener(() => undefined);

// The browser may close the phone's document, and tells nobody.
onWatchdog(() => {
  attempt('watchdog', ensureOffscreenDocument());
  attempt('update', considerUpdate());
});
attempt('alarm', ensureWatchdog());

// No event tells that the extension was enabled again or that its process crashed: each start looks.
attempt('phone', ensureOffscreenDocument());
