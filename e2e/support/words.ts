import catalogue from '../../extension/_locales/en/messages.json' with { type: 'json' };

/** The English text for a key. Tests write out the texts that the design fixes, such as the names of buttons. */
export const words = (key: keyof typeof catalogue, substitution = ''): string =>
  catalogue[key].message.replaceAll(/\$[A-Z]+\$/g, substitution);
