import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { openPostgresStore } from '../../server/store/postgres/open-postgres-store.ts';
import { EMPTY_TABLES } from './empty-tables.ts';
import { startPostgres, type TestPostgres } from './start-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address at which a test asks for a database. */
    databases: string;
  }
}

const TEMPLATE = 'migrated';

/** One PostgreSQL for a run of tests, started when the first of them asks. */
class SharedPostgres {
  #started: Promise<TestPostgres> | null = null;
  #made = 0;
  // Creating a database takes a fifth of a second, which is half the time of most tests.
  readonly #handedBack: string[] = [];
  // PostgreSQL refuses to copy a template that has other connections.
  #turn: Promise<unknown> = Promise.resolve();

  async #start(): Promise<TestPostgres> {
    const postgres = await startPostgres();
    await postgres.createDatabase(TEMPLATE);
    await (await openPostgresStore(postgres.url(TEMPLATE))).close();
    return postgres;
  }

  /** The address of a new database. */
  async database(kind: string): Promise<string> {
    this.#started ??= this.#start();
    const postgres = await this.#started;
    const used = kind === 'migrated' ? this.#handedBack.pop() : undefined;
    if (used !== undefined) return used;
    this.#made += 1;
    const name = `test_${String(this.#made)}`;
    const make = () => postgres.createDatabase(name, kind === 'migrated' ? TEMPLATE : undefined);
    this.#turn = this.#turn.then(make, make);
    await this.#turn;
    return postgres.url(name);
  }

  async handBack(url: string): Promise<void> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(EMPTY_TABLES);
    } finally {
      await client.end();
    }
    this.#handedBack.push(url);
  }

  async stop(): Promise<void> {
    await (await this.#started)?.stop();
  }
}

let server: Server | null = null;
const postgres = new SharedPostgres();

/** Vitest calls this before the run, outside the tests' own processes. */
export const setup = async (project: TestProject): Promise<void> => {
  server = createServer((request, response) => {
    const answer =
      request.method === 'POST'
        ? text(request).then((url) => postgres.handBack(url))
        : postgres.database(request.url?.slice(1) ?? '');
    answer.then(
      (url) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  project.provide('databases', `http://127.0.0.1:${String(address.port)}`);
};

/** Vitest calls this after the run. */
export const teardown = async (): Promise<void> => {
  server?.close();
  server?.closeAllConnections();
  await postgres.stop();
};
