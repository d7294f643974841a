import { mount } from 'svelte';
import { askPhone } from '../messaging/ask-phone.ts';
import { subscribeSnapshots } from '../messaging/subscribe-snapshots.ts';
import { PhoneView } from '../ui/phone-view.svelte.ts';
import { Portraits } from '../ui/portraits.ts';
import { startPage } from '../ui/start-page.ts';
import App from './App.svelte';

const page = new AbortController();
const phone = new PhoneView();
subscribeSnapshots((slices) => {
  phone.show(slices);
}, page.signal);

mount(App, {
  target: startPage('titleWelcome'),
  props: { phone, askPhone, portraits: new Portraits(askPhone) },
});
