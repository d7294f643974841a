import { mount } from 'svelte';
import { askBackground } from '../messaging/ask-background.ts';
import { askPhone } from '../messaging/ask-phone.ts';
import { subscribeSnapshots } from '../messaging/subscribe-snapshots.ts';
import { Commands } from '../ui/commands.svelte.ts';
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
  target: startPage('titleSettings'),
  props: {
    phone,
    askPhone,
    commands: new Commands({ askPhone, askBackground }),
    portraits: new Portraits(askPhone),
  },
});
