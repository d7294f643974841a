import { browser } from './browser.ts';

/**
 * Lets the extension open a provider's pages: a permission that is asked for
 * when somebody wants it, since most never do. Call it on a click: the browser
 * may ask the person.
 */
export const requestIdentity = (): Promise<boolean> =>
  // Firefox cannot ask for it later, so that the polyfill's types lack it.
  chrome.permissions.request({ permissions: ['identity'] });

/**
 * Opens a window in which the person signs in at a provider. Answers the
 * address that the window came back to, null when it was closed before.
 * The browser hands over addresses under `https://<extension id>.chromiumapp.org/` alone.
 */
export const visitProvider = async (url: string): Promise<string | null> => {
  try {
    return await browser.identity.launchWebAuthFlow({ url, interactive: true });
  } catch {
    return null;
  }
};
