import type { Command } from 'commander';
import type { DatabaseCommands } from './database-commands.ts';
import type { Row } from './format-table.ts';

/** How a command is added, and how it shows what it did. */
export interface CommandKit {
  command: (parent: Command, usage: string, description: string) => Command;
  show: (json: boolean | undefined, value: unknown, rows: readonly Row[]) => void;
  done: (json: boolean | undefined, value: object, text: string) => void;
}

/** Adds the commands for the database as a whole: `migrate`, `backup`, `copy`. */
export const addDatabaseCommands = (
  program: Command,
  databases: DatabaseCommands,
  { command, show, done }: CommandKit,
): void => {
  command(program, 'migrate', 'bring the database up to date; a server that starts does so by itself').action(
    async ({ json }: { json?: boolean }) => {
      await databases.migrate();
      done(json, { upToDate: true }, 'the database is up to date');
    },
  );
  command(
    program,
    'backup <file>',
    'write an SQLite database to a new file, also while the server runs',
  ).action(async (file: string, { json }: { json?: boolean }) => {
    const bytes = await databases.backUp(file);
    done(json, { file, bytes }, `${file}: ${String(Math.ceil(bytes / 1024))} KiB`);
  });
  command(program, 'copy', 'copy everything to another, empty database; stop the server first')
    .requiredOption('--from <address>', 'the database that there is, as in sqlite:data/quick-call.db')
    .requiredOption('--to <address>', 'the new one, as in postgres://USER@HOST/DATABASE')
    .action(async ({ from, to, json }: { from: string; to: string; json?: boolean }) => {
      const counts = await databases.copy(from, to);
      show(
        json,
        counts,
        counts.map(({ table, rows }) => ({ table, rows })),
      );
    });
};
