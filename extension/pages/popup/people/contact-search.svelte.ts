import type { ListedContact } from '../../../../protocol/account/session.ts';
import { fold } from './fold.ts';

/** From this many people on, looking for one by eye takes longer than typing. */
const USEFUL_FROM = 9;

/** Narrows the contact list to those whose name or username holds what was typed, whatever its accents and case. */
export class ContactSearch {
  query = $state('');
  readonly #contacts: () => readonly ListedContact[];
  /** What is searched in, by position; made anew only when the contacts change. */
  readonly #folded = $derived.by(() =>
    this.#contacts().map(({ displayName, username }) => `${fold(displayName)}\n${username}`),
  );

  constructor(contacts: () => readonly ListedContact[]) {
    this.#contacts = contacts;
  }

  /** Offered to who has many contacts, and as long as something is typed. */
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
