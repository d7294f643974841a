import { Command, InvalidArgumentError, Option } from 'commander';
import { addDatabaseCommands } from './add-database-commands.ts';
import { AdminError } from './admin-error.ts';
import type { DatabaseCommands } from './database-commands.ts';
import { formatTable, type Row } from './format-table.ts';
import type { InviteCommands } from './invite-commands.ts';
import type { SessionCommands } from './session-commands.ts';
import { addSweepCommands } from './add-sweep-commands.ts';
import type { SweepCommands } from './sweep-commands.ts';
import type { PasswordSet, UserCommands } from './user-commands.ts';

/** The commands that work in the database that the settings name. */
export interface StoreCommands {
  users: UserCommands;
  invites: InviteCommands;
  sessions: SessionCommands;
  sweeps: SweepCommands;
}

interface ProgramDeps {
  /** Opens the database, once. */
  open: () => Promise<StoreCommands>;
  databases: DatabaseCommands;
  /** The server's address, for links. */
  serverUrl: string;
  /** One line from standard input. */
  readPassword: () => Promise<string>;
  out: (text: string) => void;
  err: (text: string) => void;
}

/** The most uses and days of an invite. */
const MOST = { uses: 10_000, days: 3650 } as const;

const whole =
  (most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d{1,6}$/.test(text) && value >= 1 && value <= most) return value;
    throw new InvalidArgumentError(`It is a whole number from 1 to ${String(most)}.`);
  };

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Every command, as the operator types it. Nothing is done until it is parsed. */
export const createProgram = ({ open, out, err, ...deps }: ProgramDeps): Command => {
  const program = new Command('npm run admin --')
    .description('Looks after a Quick Call server, also while it runs. Settings are those of the server.')
    .option('--create-database', 'make the SQLite file if there is none')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .configureHelp({ showGlobalOptions: true });
  const command = (parent: Command, usage: string, description: string): Command =>
    parent
      .command(usage)
      .description(description)
      .addOption(new Option('--json', 'print JSON, for programs'));

  const show = (json: boolean | undefined, value: unknown, rows: readonly Row[]): void => {
    out(json ? `${JSON.stringify(value, null, 2)}\n` : formatTable(rows));
  };
  const done = (json: boolean | undefined, value: object, text: string): void => {
    out(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
  };
  const tellPassword = (json: boolean | undefined, set: PasswordSet): void => {
    done(
      json,
      set,
      set.password === undefined ? `${set.username}: done` : `${set.username}: ${set.password}`,
    );
  };
  const given = (options: { passwordStdin?: boolean }): Promise<string> | null =>
    options.passwordStdin ? deps.readPassword() : null;
  const stdin = new Option(
    '--password-stdin',
    'read the password from standard input; without it one is generated',
  );

  const user = program.command('users').description('accounts');
  command(user, 'list', 'all accounts').action(async ({ json }: { json?: boolean }) => {
    const list = await (await open()).users.list();
    const rows = list.map(({ username, displayName, createdAt, seenAt, sessions: devices, disabled }) => ({
      username,
      name: displayName,
      devices,
      seen: time(seenAt),
      created: time(createdAt),
      disabled: disabled ? 'disabled' : null,
    }));
    show(json, list, rows);
  });
  command(user, 'create <username>', 'create an account and print its password')
    .option('--name <name>', 'display name; the username without it')
    .addOption(stdin)
    .action(async (username: string, options: { name?: string; passwordStdin?: boolean; json?: boolean }) => {
      const wish = { username, displayName: options.name ?? username, given: await given(options) };
      tellPassword(options.json, await (await open()).users.create(wish));
    });
  command(user, 'reset-password <username>', 'set a new password and sign every device out')
    .addOption(stdin)
    .action(async (username: string, options: { passwordStdin?: boolean; json?: boolean }) => {
      tellPassword(options.json, await (await open()).users.resetPassword(username, await given(options)));
    });
  command(user, 'disable <username>', 'sign every device out and let none in').action(
    async (username: string, { json }: { json?: boolean }) => {
      await (await open()).users.disable(username);
      done(json, { username, disabled: true }, `${username}: disabled`);
    },
  );
  command(user, 'enable <username>', 'let somebody in again').action(
    async (username: string, { json }: { json?: boolean }) => {
      await (await open()).users.enable(username);
      done(json, { username, disabled: false }, `${username}: enabled`);
    },
  );
  command(user, 'delete <username>', 'delete an account and all that is kept of the person, for good')
    .option('--yes', 'it is meant')
    .action(async (username: string, { yes, json }: { yes?: boolean; json?: boolean }) => {
      if (!yes) throw new AdminError(`this cannot be taken back: add --yes to delete ${username}`);
      await (await open()).users.delete(username);
      done(json, { username, deleted: true }, `${username}: deleted`);
    });

  const invite = program.command('invites').description('codes to create an account with');
  command(invite, 'list', 'all invites').action(async ({ json }: { json?: boolean }) => {
    const list = await (await open()).invites.list();
    const rows = list.map(({ inviteId, uses, left, createdAt, expiresAt }) => ({
      id: inviteId,
      left: `${String(left)} of ${String(uses)}`,
      expires: time(expiresAt),
      created: time(createdAt),
    }));
    show(json, list, rows);
  });
  command(invite, 'create', 'make a code; it is shown only now')
    .option('--uses <count>', 'how many accounts it is good for', whole(MOST.uses), 1)
    .option('--days <count>', 'how long it is good', whole(MOST.days), 7)
    .action(async (wish: { uses: number; days: number; json?: boolean }) => {
      const made = await (await open()).invites.create(wish);
      const link = `${deps.serverUrl}/?invite=${made.code}`;
      done(wish.json, { ...made, link }, `${made.code}\n${link}`);
    });
  command(invite, 'revoke <id>', 'make a code worthless').action(
    async (inviteId: string, { json }: { json?: boolean }) => {
      await (await open()).invites.revoke(inviteId);
      done(json, { inviteId, revoked: true }, `${inviteId}: revoked`);
    },
  );

  const session = program.command('sessions').description('devices that are signed in');
  command(session, 'list [username]', 'all devices, or those of one person').action(
    async (username: string | undefined, { json }: { json?: boolean }) => {
      const list = await (await open()).sessions.list(username ?? null);
      const rows = list.map((line) => ({
        id: line.sessionId,
        username: line.username,
        device: line.deviceName,
        seen: time(line.seenAt),
        created: time(line.createdAt),
        expires: time(line.expiresAt),
      }));
      show(json, list, rows);
    },
  );
  command(session, 'revoke [id]', 'sign a device out, or all of a person’s')
    .option('--user <username>', 'all devices of this person')
    .action(
      async (sessionId: string | undefined, { user: username, json }: { user?: string; json?: boolean }) => {
        if ((sessionId === undefined) === (username === undefined)) {
          throw new AdminError('name either a session or --user');
        }
        const revoked = await (
          await open()
        ).sessions.revoke(username === undefined ? { sessionId: sessionId ?? '' } : { username });
        done(json, { revoked }, `${String(revoked)} revoked`);
      },
    );
  addSweepCommands(program, async () => (await open()).sweeps, { command, show, done });
  addDatabaseCommands(program, deps.databases, { command, show, done });
  return program;
};
