const FIELDS = ['serverUrl', 'username', 'displayName', 'inviteCode'] as const;

/** The text typed into the sign-in form, except the password. */
export type SignInDraft = Record<(typeof FIELDS)[number], string>;

const keyOf = (field: keyof SignInDraft): string => `sign-in.${field}`;

/** Keeps the typed text when the popup closes, which happens as soon as another window is clicked. */
export const readDraft = (storage: Pick<Storage, 'getItem'> = localStorage): SignInDraft => ({
  serverUrl: storage.getItem(keyOf('serverUrl')) ?? '',
  username: storage.getItem(keyOf('username')) ?? '',
  displayName: storage.getItem(keyOf('displayName')) ?? '',
  inviteCode: storage.getItem(keyOf('inviteCode')) ?? '',
});

export const keepDraft = (draft: SignInDraft, storage: Pick<Storage, 'setItem'> = localStorage): void => {
  for (const field of FIELDS) storage.setItem(keyOf(field), draft[field]);
};

export const forgetDraft = (storage: Pick<Storage, 'removeItem'> = localStorage): void => {
  for (const field of FIELDS) storage.removeItem(keyOf(field));
};
