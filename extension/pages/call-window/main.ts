import { mount } from 'svelte';
import { askBackground } from '../../ipc/ask-background.ts';
import { askPhone } from '../../ipc/ask-phone.ts';
import { subscribeDetails } from '../../ipc/subscribe-details.ts';
import { subscribeSnapshots } from '../../ipc/subscribe-snapshots.ts';
import { ownWindows } from '../../host/own-windows.ts';
import { runtime } from '../../host/runtime.ts';
import { takeStream } from '../../streams/take-stream.ts';
import { Commands } from '../../ui/phone/commands.svelte.ts';
import { PhoneView } from '../../ui/phone/phone-view.svelte.ts';
import { Portraits } from '../../ui/people/portraits.ts';
import { startPage } from '../../ui/kit/start-page.ts';
import App from './App.svelte';
import { Details } from './details.svelte.ts';
import { Pictures } from './pictures.svelte.ts';
import { rememberPlace } from './remember-place.ts';

const page = new AbortController();
const phone = new PhoneView('call-window');
const pictures = new Pictures((name) =>
  takeStream(
    name,
    {
      offer: (request) => askPhone('loopback-offer', request),
      answer: (request) => askPhone('loopback-answer', request),
    },
    page.signal,
    ownWindows,
  ),
);
subscribeSnapshots(
  'call-window',
  (slices) => {
    phone.show(slices);
    pictures.take();
  },
  page.signal,
);

mount(App, {
  target: startPage('titleCallWindow'),
  props: {
    phone,
    pictures,
    details: new Details((listener, signal) => {
      subscribeDetails(runtime, listener, signal);
    }),
    commands: new Commands({ askPhone, askBackground }),
    portraits: new Portraits(askPhone),
  },
});

rememberPlace(page.signal);
window.addEventListener('pagehide', () => {
  page.abort();
});
