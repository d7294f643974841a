import type { MessageRuntime } from './message-runtime.ts';
import { browser } from './browser.ts';

/** Messaging of this extension's own contexts; the only API that the offscreen document has. */
export const runtime: MessageRuntime = {
  id: browser.runtime.id,
  root: browser.runtime.getURL(''),
  onMessage: {
    addListener(listener) {
      // Not through the polyfill, whose types have no listener that answers by callback or stays out.
      chrome.runtime.onMessage.addListener(listener);
    },
  },
  onConnect: {
    addListener(listener) {
      browser.runtime.onConnect.addListener(listener);
    },
  },
  sendMessage: (message) => browser.runtime.sendMessage(message),
  connect(name) {
    const port = browser.runtime.connect({ name });
    // Reading it tells the browser that a failed connection is expected and handled.
    port.onDisconnect.addListener(() => browser.runtime.lastError);
    return port;
  },
};
