import { mount } from 'svelte';
import { askBackground } from '../messaging/ask-background.ts';
import { askPhone } from '../messaging/ask-phone.ts';
import { subscribeSnapshots } from '../messaging/subscribe-snapshots.ts';
import { Commands } from '../ui/commands.svelte.ts';
import { PhoneView } from '../ui/phone-view.svelte.ts';
import { Portraits } from '../ui/portraits.ts';
import { startPage } from '../ui/start-page.ts';
import App from './App.svelte';
import { ShownConversation } from './shown-conversation.svelte.ts';

const page = new AbortController();
const phone = new PhoneView();
const shown = new ShownConversation();
subscribeSnapshots((slices) => {
  phone.show(slices);
  if (slices.wantedConversation) shown.open(slices.wantedConversation);
}, page.signal);

mount(App, {
  target: startPage('extensionName'),
  props: {
    phone,
    shown,
    commands: new Commands({ askPhone, askBackground }),
    first: location.hash === '#history' ? 'history' : 'contacts',
    portraits: new Portraits(askPhone),
  },
});
