import type { RunningServer } from './start-server.ts';
import { Person } from './person.ts';

/**
 * Browsers with the default options, which serve one person after another: emptying one takes a fifth of the processor
 * time that starting one takes.
 */
export class SpareBrowsers {
  readonly #spare: Person[] = [];

  /** Signs a person in on an emptied spare browser, or on a newly started one if there is none. */
  async signIn(name: string, at: Pick<RunningServer, 'url'>): Promise<Person> {
    const last = this.#spare.pop();
    const person = last ? await last.handedTo(name) : await Person.open(name);
    await person.signIn(at.url);
    return person;
  }

  /** Takes a browser back, unless it was closed or has crashed. */
  async takeBack(person: Person): Promise<void> {
    if (!person.browser.isOpen()) return;
    await person.leave();
    this.#spare.push(person);
  }

  async close(): Promise<void> {
    await Promise.all(this.#spare.map((person) => person.close()));
  }
}
