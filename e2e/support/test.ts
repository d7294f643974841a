import { expect, test as base } from '@playwright/test';
import type { BrowserOptions } from './launch-browser.ts';
import { Person } from './person.ts';
import { SpareBrowsers } from './spare-browsers.ts';
import type { RunningServer } from './start-server.ts';
import { startService } from './start-service.ts';

export interface TestFixtures {
  /** Two people who are signed up and idle. Their browsers are shared by the tests of a worker. */
  ada: Person;
  grace: Person;
  /**
   * Someone else, or another device of the same, at the shared server or another. A test that asks for a special
   * browser gets one of its own.
   */
  someone: (name: string, options?: BrowserOptions, at?: Pick<RunningServer, 'url'>) => Promise<Person>;
  /** Registers a resource to be closed when the test ends, in reverse order. */
  closing: <T extends { close(): Promise<void> }>(it: T) => T;
}

/** What a project of the configuration may choose. */
export interface ServiceOptions {
  /** How many servers the service has. People are spread over them: Ada and Grace are at two when there are two. */
  nodeCount: number;
}

interface WorkerFixtures extends ServiceOptions {
  nodes: readonly RunningServer[];
  /** The first of the nodes, and mostly the only one. */
  server: RunningServer;
  regulars: (name: string) => Promise<Person>;
  spareBrowsers: SpareBrowsers;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  nodeCount: [1, { option: true, scope: 'worker' }],
  nodes: [
    async ({ nodeCount }, use) => {
      await using service = await startService(nodeCount);
      await use(service.nodes);
      // Checks that people really are on several nodes, because the project's name alone proves nothing.
      if (nodeCount > 1) for (const node of service.nodes) expect(node.log()).toContain('phone connected');
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  server: [
    async ({ nodes }, use) => {
      const [server] = nodes;
      if (!server) throw new Error('A service has one node at least.');
      await use(server);
    },
    { scope: 'worker' },
  ],
  regulars: [
    async ({ nodes, server }, use) => {
      const people = new Map<string, Promise<Person>>();
      await use((name) => {
        const node = nodes[people.size % nodes.length] ?? server;
        const person = people.get(name) ?? Person.signedUp(name, node.url);
        people.set(name, person);
        return person;
      });
      for (const person of await Promise.all(people.values())) await person.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  spareBrowsers: [
    async ({}, use) => {
      const browsers = new SpareBrowsers();
      await use(browsers);
      await browsers.close();
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
  someone: async ({ server, spareBrowsers, closing }, use) => {
    await use(async (name, options = {}, at = server) => {
      if (Object.keys(options).length > 0) return closing(await Person.signedUp(name, at.url, options));
      const person = await spareBrowsers.signIn(name, at);
      closing({ close: () => spareBrowsers.takeBack(person) });
      return person;
    });
  },
});

export { expect } from '@playwright/test';
