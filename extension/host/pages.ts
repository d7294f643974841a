/** This extension's own documents, as paths from its root. */
export const PAGES = {
  offscreen: 'extension/phone/index.html',
  popup: 'extension/pages/popup/index.html',
  callWindow: 'extension/pages/call-window/index.html',
  welcome: 'extension/pages/welcome/index.html',
  settings: 'extension/pages/settings/index.html',
  selfTest: 'extension/pages/self-test/index.html',
} as const;
