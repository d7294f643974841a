import { createInterface } from 'node:readline';
import { CommanderError } from 'commander';
import { createPasswords } from '../accounts/passwords.ts';
import { systemClock } from '../clock.ts';
import { readConfig, type Config } from '../config.ts';
import { ConfigError } from '../config-error.ts';
import type { DatabaseSettings } from '../store/database-settings.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { AdminError } from './admin-error.ts';
import { createProgram, type StoreCommands } from './create-program.ts';
import { createDatabaseCommands } from './database-commands.ts';
import { createInviteCommands } from './invite-commands.ts';
import { createSessionCommands } from './session-commands.ts';
import { createUserCommands } from './user-commands.ts';

/** Exit codes: done, refused, typed wrongly. */
const EXIT = { refused: 1, usage: 2 } as const;

const readPassword = async (): Promise<string> => {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  throw new AdminError('no password came over standard input');
};

/** Where people reach the server, as far as its settings tell. */
const serverUrl = ({ allowedHosts: [host], port }: Config): string =>
  host === undefined ? `http://localhost:${String(port)}` : `https://${host}`;

const run = async (): Promise<void> => {
  const config = readConfig(process.env);
  const settings = (): DatabaseSettings => {
    const { database } = config;
    if (database.kind === 'sqlite' && database.file === ':memory:') {
      throw new ConfigError('DATABASE_URL: a database in memory is its server’s alone');
    }
    return database;
  };
  let store: Store | null = null;
  const close = async (): Promise<void> => store?.close();
  const open = async (): Promise<StoreCommands> => {
    store ??= await openStore(settings(), { now: systemClock.now(), connections: 1 });
    return {
      users: createUserCommands({ store, passwords: createPasswords(), clock: systemClock }),
      invites: createInviteCommands(store, systemClock),
      sessions: createSessionCommands(store, systemClock),
    };
  };
  try {
    await createProgram({
      open,
      databases: createDatabaseCommands(settings, systemClock),
      serverUrl: serverUrl(config),
      readPassword,
      print: (text) => process.stdout.write(text),
    }).parseAsync();
  } finally {
    await close();
  }
};

run().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    // It has said what is wrong, or has shown the help that was asked for.
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    return;
  }
  const isExpected = error instanceof AdminError || error instanceof ConfigError;
  const why = isExpected ? error.message : `it failed: ${String(error).split('\n', 1)[0] ?? ''}`;
  process.stderr.write(`quick-call: ${why}\n`);
  process.exitCode = EXIT.refused;
});
