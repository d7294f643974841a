/** This extension's own documents, as paths from its root. */
export const PAGES = {
  offscreen: 'extension/offscreen/index.html',
  popup: 'extension/popup/index.html',
  callWindow: 'extension/call-window/index.html',
  welcome: 'extension/welcome/index.html',
  settings: 'extension/settings/index.html',
  selfTest: 'extension/self-test/index.html',
} as const;
