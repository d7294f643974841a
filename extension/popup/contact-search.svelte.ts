import type { ListedContact } from '../../protocol/session.ts';

/** From this many people on, looking for one by eye takes longer than typing. */
const USEFUL_FROM = 9;

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Narrows the contact list to those whose name or username holds what was typed, whatever its accents and case. */
export class ContactSearch {
  query = $state('');
  readonly #contacts: () => readonly ListedContact[];

  constructor(contacts: () => readonly ListedContact[]) {
    this.#contacts = contacts;
  }

  get useful(): boolean {
    return this.#contacts().length >= USEFUL_FROM;
  }

  get found(): readonly ListedContact[] {
    const wanted = fold(this.query.trim());
    if (wanted === '' || !this.useful) return this.#contacts();
    return this.#contacts().filter(
      ({ displayName, username }) => fold(displayName).includes(wanted) || username.includes(wanted),
    );
  }
}
