import { t, type PlainKey } from '../i18n/messages.ts';

/** Sets the language of the texts and the page's title, for browser and screen reader. */
export const startPage = (title: PlainKey): HTMLElement => {
  document.documentElement.lang = t('languageTag');
  document.title = t(title);
  return document.body;
};
