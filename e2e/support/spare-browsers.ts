import type { RunningServer } from './start-server.ts';
import { Person } from './person.ts';

/**
 * Browsers of the usual kind, for one person after the other: emptying one takes a fifth of the processor time that
 * starting one takes.
 */
export class SpareBrowsers {
  readonly #spare: Person[] = [];

  /** Signs somebody in in a browser in which nobody is signed in and nothing is kept; without a spare one, it is started. */
  async signIn(name: string, at: RunningServer): Promise<Person> {
    const last = this.#spare.pop();
    const person = last ? await last.handedTo(name) : await Person.open(name);
    await person.signIn(at.url);
    return person;
  }

  /** Takes a browser back. One that was closed or has crashed is no more. */
  async takeBack(person: Person): Promise<void> {
    if (!person.browser.isOpen()) return;
    await person.leave();
    this.#spare.push(person);
  }

  async close(): Promise<void> {
    await Promise.all(this.#spare.map((person) => person.close()));
  }
}
