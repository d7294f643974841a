import { isolated } from '../../../protocol/isolated.ts';
import { messageOf } from '../../host/catalogue.ts';
import type catalogue from '../../_locales/en/messages.json';

type Catalogue = typeof catalogue;

/** Every text the pages can show; the English catalogue is the list. */
export type MessageKey = keyof Catalogue;

type Placeholders<K extends MessageKey> = Catalogue[K] extends { placeholders: infer P } ? keyof P : never;

/** Keys whose text has no placeholder. */
export type PlainKey = { [K in MessageKey]: [Placeholders<K>] extends [never] ? K : never }[MessageKey];

/** Keys whose text has exactly the placeholder `$NAME$`. */
export type NameKey = {
  [K in MessageKey]: [Placeholders<K>] extends [never] ? never : Placeholders<K> extends 'name' ? K : never;
}[MessageKey];

type Values<K extends MessageKey> = [Placeholders<K>] extends [never] ? [] : [value: string];

/**
 * The text for `key` in the browser's language, or in English if there is no catalogue for that language. A
 * key with a placeholder needs a value, which is isolated so that it cannot move the words around it.
 */
export const t = <K extends MessageKey>(key: K, ...values: Values<K>): string =>
  messageOf(key, values.map(isolated));
