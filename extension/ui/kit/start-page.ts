import { t, type PlainKey } from '../i18n/messages.ts';

/** Tells browser and screen reader the language of the texts and the page's title. */
export const startPage = (title: PlainKey): HTMLElement => {
  document.documentElement.lang = t('languageTag');
  document.title = t(title);
  return document.body;
};
