import { CommanderError } from 'commander';
import { createPasswords } from '../../account/passwords.ts';
import { systemClock } from '../../clock.ts';
import { readConfig, type Config } from '../../config.ts';
import { ConfigError } from '../../config-error.ts';
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
const serverUrl = ({ allowedHosts: [host], port }: Config): string =>
  host === undefined ? `http://localhost:${String(port)}` : `https://${host}`;

const perform = async (args: readonly string[], { env, input, out, err }: AdminStreams): Promise<void> => {
  const config = readConfig(env);
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
      sweeps: createSweepCommands(store),
    };
  };
  const program = createProgram({
    open,
    databases: createDatabaseCommands(settings, systemClock),
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
    const isExpected = error instanceof AdminError || error instanceof ConfigError;
    const why = isExpected ? error.message : `it failed: ${String(error).split('\n', 1)[0] ?? ''}`;
    streams.err(`quick-call: ${why}\n`);
    return EXIT.refused;
  }
};
