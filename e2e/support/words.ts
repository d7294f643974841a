import catalogue from '../../extension/_locales/en/messages.json' with { type: 'json' };

/** The English words for a key. What the design fixes (names of buttons and the like) is written out in the tests. */
export const words = (key: keyof typeof catalogue, substitution = ''): string =>
  catalogue[key].message.replaceAll(/\$[A-Z]+\$/g, substitution);
