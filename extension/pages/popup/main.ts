import { mount } from 'svelte';
import { askBackground } from '../../ipc/ask-background.ts';
import { askPhone } from '../../ipc/ask-phone.ts';
import { subscribeSnapshots } from '../../ipc/subscribe-snapshots.ts';
import { Commands } from '../../ui/phone/commands.svelte.ts';
import { PhoneView } from '../../ui/phone/phone-view.svelte.ts';
import { Portraits } from '../../ui/people/portraits.ts';
import { startPage } from '../../ui/kit/start-page.ts';
import App from './App.svelte';
import { ShownConversation } from './chat/shown-conversation.svelte.ts';

const page = new AbortController();
const phone = new PhoneView('popup');
const shown = new ShownConversation();
subscribeSnapshots(
  'popup',
  (slices) => {
    phone.show(slices);
    if (slices.wantedConversation) shown.open(slices.wantedConversation);
  },
  page.signal,
);

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
