import { mount } from 'svelte';
import { askPhone } from '../../ipc/ask-phone.ts';
import { subscribeSnapshots } from '../../ipc/subscribe-snapshots.ts';
import { PhoneView } from '../../ui/phone/phone-view.svelte.ts';
import { Portraits } from '../../ui/people/portraits.ts';
import { startPage } from '../../ui/kit/start-page.ts';
import App from './App.svelte';

const page = new AbortController();
const phone = new PhoneView('welcome');
subscribeSnapshots(
  'welcome',
  (slices) => {
    phone.show(slices);
  },
  page.signal,
);

mount(App, {
  target: startPage('titleWelcome'),
  props: { phone, askPhone, portraits: new Portraits(askPhone) },
});
