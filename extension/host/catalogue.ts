/**
 * The text of a key in the browser's language. Not through the polyfill, which does not load where there is no
 * extension, as in unit tests.
 */
export const messageOf = (key: string, values: readonly string[]): string =>
  chrome.i18n.getMessage(key, [...values]);
