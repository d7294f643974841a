import { mount } from 'svelte';
import { findChosenDevice } from '../../media/pick-device.ts';
import { askPhone } from '../../ipc/ask-phone.ts';
import { subscribeSnapshots } from '../../ipc/subscribe-snapshots.ts';
import {
  clearNotification,
  onNotificationButton,
  onNotificationClick,
  SELF_TEST_NOTIFICATION,
} from '../../host/notifications.ts';
import { t } from '../../ui/i18n/messages.ts';
import { PhoneView } from '../../ui/phone/phone-view.svelte.ts';
import { startPage } from '../../ui/kit/start-page.ts';
import App from './App.svelte';
import { createChecks } from './checks.ts';
import { SelfTest } from './self-test.svelte.ts';

const page = new AbortController();
const phone = new PhoneView('self-test');
subscribeSnapshots(
  'self-test',
  (slices) => {
    phone.show(slices);
  },
  page.signal,
);

const test = new SelfTest(
  createChecks({
    askPhone,
    session: () => phone.snapshot.session,
    chosenDevice: (role) => {
      const { devices, settings } = phone.snapshot;
      return findChosenDevice(settings.devices[role], devices[role])?.deviceId ?? null;
    },
  }),
  { code: 'failed', text: t('fixUnforeseen') },
);
// A press anywhere proves that the notification was seen: some desktops show no buttons.
const seen = (id: string): void => {
  if (id !== SELF_TEST_NOTIFICATION) return;
  test.answer('notification-buttons', true);
  void clearNotification(id);
};
onNotificationButton(seen);
onNotificationClick(seen);

mount(App, { target: startPage('titleSelfTest'), props: { test } });
