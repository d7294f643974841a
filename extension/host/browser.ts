import browser from 'webextension-polyfill';

/** The WebExtension API with promises. In the offscreen document only `runtime` messaging is behind it. */
export { browser };
