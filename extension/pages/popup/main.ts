import { mount } from 'svelte';
import { keep, readKept } from '../../host/kept-entries.ts';
import { askBackground } from '../../ipc/ask-background.ts';
import { askPhone } from '../../ipc/ask-phone.ts';
import { subscribeSnapshots } from '../../ipc/subscribe-snapshots.ts';
import { Commands } from '../../ui/phone/commands.svelte.ts';
import { PhoneView } from '../../ui/phone/phone-view.svelte.ts';
import { Portraits } from '../../ui/people/portraits.ts';
import { startPage } from '../../ui/kit/start-page.ts';
import App from './App.svelte';
import { TABS } from './tab.ts';
import { ShownConversation } from './chat/shown-conversation.svelte.ts';

const page = new AbortController();
const phone = new PhoneView('popup');
// A notification of missed calls opens the history; otherwise the popup opens as it was left.
const wantsHistory = location.hash === '#history';
const shown = new ShownConversation(wantsHistory ? null : readKept('conversation') || null, (userId) => {
  keep('conversation', userId ?? '');
});
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
    first: wantsHistory ? 'history' : (TABS.find((tab) => tab === readKept('tab')) ?? 'contacts'),
    portraits: new Portraits(askPhone),
  },
});
