import { existsSync } from 'node:fs';
import { CommanderError, type Command } from 'commander';
import { createPasswords } from '../../account/passwords.ts';
import { systemClock } from '../../clock.ts';
import { readConfig, type Config } from '../../config.ts';
import { ConfigError } from '../../config-error.ts';
import { misspeltSettings } from '../../misspelt-settings.ts';
import type { DatabaseSettings } from '../../store/database-settings.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store.ts';
import { AdminError } from './admin-error.ts';
import { createProgram, type StoreCommands } from './create-program.ts';
import { createDatabaseCommands } from './database-commands.ts';
import { createInviteCommands } from './invite-commands.ts';
import { createSessionCommands } from './session-commands.ts';
import { createSweepCommands } from './sweep-commands.ts';
import { createUserCommands } from './user-commands.ts';

/** What a command reads and writes. */
export interface AdminStreams {
  env: NodeJS.ProcessEnv;
  /** Lines of standard input. */
  input: AsyncIterable<string>;
  out: (text: string) => void;
  err: (text: string) => void;
}

/** Exit codes: refused, typed wrongly. */
const EXIT = { refused: 1, usage: 2 } as const;

const firstLineOf = async (input: AsyncIterable<string>): Promise<string> => {
  for await (const line of input) return line;
  throw new AdminError('no password came over standard input');
};

/** Where people reach the server, as far as its settings tell. */
const serverUrl = ({ allowedHosts: [host], port, publicPath }: Config): string =>
  (host === undefined ? `http://localhost:${String(port)}` : `https://${host}`) + publicPath;

/** An error in words for the operator, in one line. */
const reasonOf = (error: unknown): string => {
  if (error instanceof AdminError || error instanceof ConfigError) return error.message;
  return `it failed: ${String(error).split('\n', 1)[0] ?? ''}`;
};

const perform = async (args: readonly string[], { env, input, out, err }: AdminStreams): Promise<void> => {
  for (const line of misspeltSettings(env)) err(`quick-call: ${line}\n`);
  const config = readConfig(env);
  const settings = (): DatabaseSettings => {
    const { database } = config;
    if (database.kind === 'sqlite' && database.file === ':memory:') {
      throw new ConfigError('DATABASE_URL: a database in memory is its server’s alone');
    }
    return database;
  };
  /** A file that the command would make is most often the wrong one: no server would read it. */
  const existing = (): DatabaseSettings => {
    const database = settings();
    const mayCreate = program.opts<{ createDatabase?: boolean }>().createDatabase === true;
    if (database.kind === 'sqlite' && !mayCreate && !existsSync(database.file)) {
      throw new AdminError(
        `DATABASE_URL: there is no ${database.file}. Run this in the server’s folder, or with its DATABASE_URL; --create-database makes a new one`,
      );
    }
    return database;
  };
  let store: Store | null = null;
  const close = async (): Promise<void> => store?.close();
  const open = async (): Promise<StoreCommands> => {
    store ??= await openStore(existing(), { now: systemClock.now(), connections: 1 });
    return {
      users: createUserCommands({ store, passwords: createPasswords(), clock: systemClock }),
      invites: createInviteCommands(store, systemClock),
      sessions: createSessionCommands(store, systemClock),
      sweeps: createSweepCommands(store),
    };
  };
  const program: Command = createProgram({
    open,
    databases: createDatabaseCommands({ settings, existing }, systemClock),
    serverUrl: serverUrl(config),
    readPassword: () => firstLineOf(input),
    out,
    err,
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } finally {
    await close();
  }
};

/**
 * Runs one command, as typed after `npm run admin --`.
 * @returns the exit code: 0 when it was done, 1 when it was refused, 2 for a usage error. Never rejects.
 */
export const runAdmin = async (args: readonly string[], streams: AdminStreams): Promise<number> => {
  try {
    await perform(args, streams);
    return 0;
  } catch (error) {
    // Commander has printed the error, or the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
    streams.err(`quick-call: ${reasonOf(error)}\n`);
    return EXIT.refused;
  }
};
