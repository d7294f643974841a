/**
 * What a person has typed, made or opened in a page and would miss, by name. A popup closes as soon as another window
 * is clicked, without a word to the page. Passwords are never kept.
 */
const NAMES = {
  /** Of the sign-in form. Whoever signs in next may see it. */
  beforeSignIn: [
    'sign-in.serverUrl',
    'sign-in.username',
    'sign-in.displayName',
    'sign-in.inviteCode',
    'sign-in.kind',
    /** The code of a link that was opened before anybody was signed in. */
    'invited',
  ],
  /** Of the person who is signed in. */
  personal: [
    'tab',
    'conversation',
    'add-contact.open',
    'add-contact.wanted',
    'invite-link',
    'status-text',
    'status-text.end',
    'declining',
  ],
} as const;

export type KeptName = (typeof NAMES)[keyof typeof NAMES][number];

/** Whose the personal entries are. */
const OWNER = 'kept.owner';
/** Characters of an entry. Everything that the forms accept is shorter. */
const LONGEST = 2_000;

/** Empty where nothing is kept. Local storage answers at once, so that a page is drawn with it from the start. */
export const readKept = (name: KeptName, storage: Pick<Storage, 'getItem'> = localStorage): string =>
  storage.getItem(name) ?? '';

/** Keeps an entry until it is replaced, or forgotten by an empty one. */
export const keep = (
  name: KeptName,
  value: string,
  storage: Pick<Storage, 'setItem' | 'removeItem'> = localStorage,
): void => {
  if (value === '') storage.removeItem(name);
  else storage.setItem(name, value.slice(0, LONGEST));
};

/**
 * Forgets the personal entries, unless they are this person's or nobody's yet.
 *
 * @param owner the account that is signed in now; null after a sign-out.
 */
export const handKeptTo = (
  owner: string | null,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = localStorage,
): void => {
  const before = storage.getItem(OWNER);
  if (before !== null && before !== owner) for (const name of NAMES.personal) storage.removeItem(name);
  if (owner === null) storage.removeItem(OWNER);
  else storage.setItem(OWNER, owner);
};
