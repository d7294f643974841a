import { vi } from 'vitest';
import en from '../../extension/_locales/en/messages.json';

interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}

const catalogue: Record<string, Message> = en;

/** The English catalogue in place of the browser's. */
export const fakeMessages = (): void => {
  fakeBrowserIn('en-US');
};

/** The same, in a browser of this locale. */
export const fakeBrowserIn = (locale: string): void => {
  const getMessage = (key: string, values: string[] = []): string => {
    const { message, placeholders = {} } = catalogue[key] ?? { message: '' };
    return Object.entries(placeholders).reduce(
      (text, [name, { content }]) =>
        text.replaceAll(`$${name.toUpperCase()}$`, values[Number(content.slice(1)) - 1] ?? ''),
      message,
    );
  };
  vi.stubGlobal('chrome', { i18n: { getMessage, getUILanguage: () => locale } });
};
