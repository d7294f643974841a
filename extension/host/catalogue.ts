/**
 * The text of a key in the browser's language. Not through the polyfill, which does not load where there is no
 * extension, as in unit tests.
 */
export const messageOf = (key: string, values: readonly string[]): string =>
  chrome.i18n.getMessage(key, [...values]);

/**
 * The browser's own locale, as a BCP 47 tag: how its person writes dates, times and numbers, also where the texts
 * are in another language.
 */
export const browserLocale = (): string => chrome.i18n.getUILanguage();
