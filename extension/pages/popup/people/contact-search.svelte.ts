import type { ListedContact } from '../../../../protocol/account/session.ts';
import { fold } from './fold.ts';

/** From this many people on, typing is faster than looking. */
const USEFUL_FROM = 9;

/** Filters the contact list by name or username, ignoring accents and case. */
export class ContactSearch {
  query = $state('');
  readonly #contacts: () => readonly ListedContact[];
  /** The folded texts to search, by position; recomputed only when the contacts change. */
  readonly #folded = $derived.by(() =>
    this.#contacts().map(({ displayName, username }) => `${fold(displayName)}\n${username}`),
  );

  constructor(contacts: () => readonly ListedContact[]) {
    this.#contacts = contacts;
  }

  /** Whether to show the search: with many contacts, or while something is typed. */
  get useful(): boolean {
    return this.#contacts().length >= USEFUL_FROM || this.query !== '';
  }

  get found(): readonly ListedContact[] {
    const contacts = this.#contacts();
    const wanted = fold(this.query.trim());
    if (wanted === '') return contacts;
    const folded = this.#folded;
    return contacts.filter((_contact, i) => folded[i]?.includes(wanted));
  }
}
