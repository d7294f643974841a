import { test as base } from '@playwright/test';
import type { BrowserOptions } from './launch-browser.ts';
import { Person } from './person.ts';
import { startServer, type RunningServer } from './start-server.ts';

interface TestFixtures {
  /** Two people who are signed up and idle. Their browsers are shared by the tests of a worker. */
  ada: Person;
  grace: Person;
  /** Someone else, in a browser of this test alone, signed up at the shared server or another. */
  someone: (name: string, options?: BrowserOptions, at?: RunningServer) => Promise<Person>;
  /** Something to be closed when the test ends, in reverse order. */
  closing: <T extends { close(): Promise<void> }>(it: T) => T;
}

interface WorkerFixtures {
  server: RunningServer;
  regulars: (name: string) => Promise<Person>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  regulars: [
    async ({ server }, use) => {
      const people = new Map<string, Promise<Person>>();
      await use((name) => {
        const person = people.get(name) ?? Person.signedUp(name, server.url);
        people.set(name, person);
        return person;
      });
      for (const person of await Promise.all(people.values())) await person.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  ada: async ({ regulars }, use) => {
    const [person] = await Promise.all([regulars('Ada'), regulars('Grace')]);
    await use(person);
    await person.reset();
  },
  grace: async ({ regulars }, use) => {
    const person = await regulars('Grace');
    await use(person);
    await person.reset();
  },
  closing: async ({}, use) => {
    const open: { close(): Promise<void> }[] = [];
    await use((it) => {
      open.push(it);
      return it;
    });
    for (const it of open.reverse()) await it.close();
  },
  someone: async ({ server, closing }, use) => {
    await use(async (name, options = {}, at = server) =>
      closing(await Person.signedUp(name, at.url, options)),
    );
  },
});

export { expect } from '@playwright/test';
