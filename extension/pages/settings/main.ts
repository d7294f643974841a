import { mount } from 'svelte';
import { askBackground } from '../../ipc/ask-background.ts';
import { askPhone } from '../../ipc/ask-phone.ts';
import { subscribeSnapshots } from '../../ipc/subscribe-snapshots.ts';
import { Commands } from '../../ui/phone/commands.svelte.ts';
import { PhoneView } from '../../ui/phone/phone-view.svelte.ts';
import { Portraits } from '../../ui/people/portraits.ts';
import { startPage } from '../../ui/kit/start-page.ts';
import App from './App.svelte';

const page = new AbortController();
const phone = new PhoneView('settings');
subscribeSnapshots(
  'settings',
  (slices) => {
    phone.show(slices);
  },
  page.signal,
);

mount(App, {
  target: startPage('titleSettings'),
  props: {
    phone,
    askPhone,
    commands: new Commands({ askPhone, askBackground }),
    portraits: new Portraits(askPhone),
  },
});
