const KEY = 'add-contact.wanted';

/** Whom a person is about to add: a code that came with the link to the server waits here until they are signed in. */
export const keepWanted = (wanted: string, storage: Pick<Storage, 'setItem'> = localStorage): void => {
  storage.setItem(KEY, wanted);
};

export const readWanted = (storage: Pick<Storage, 'getItem'> = localStorage): string =>
  storage.getItem(KEY) ?? '';

export const forgetWanted = (storage: Pick<Storage, 'removeItem'> = localStorage): void => {
  storage.removeItem(KEY);
};
