import type { Command } from 'commander';
import type { CommandKit } from './add-database-commands.ts';
import type { SweepCommands } from './sweep-commands.ts';

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Adds the commands for deletions that wait for the operator: `sweeps list`, `sweeps allow`. */
export const addSweepCommands = (
  program: Command,
  sweeps: () => Promise<SweepCommands>,
  { command, show, done }: CommandKit,
): void => {
  const sweep = program.command('sweeps').description('what is deleted when it has been kept for its time');
  command(sweep, 'list', 'when each kind was deleted last, and what waits for you').action(
    async ({ json }: { json?: boolean }) => {
      const list = await (await sweeps()).list();
      const rows = list.map(({ what, sweptAt, hold, allowed }) => ({
        what,
        last: time(sweptAt),
        waits: hold && `${String(hold.due)}, as of ${time(hold.at) ?? ''}`,
        allowed: allowed ? 'allowed' : null,
      }));
      show(json, list, rows);
    },
  );
  command(sweep, 'allow', 'the clock is right: delete what waits, within the hour, for good').action(
    async ({ json }: { json?: boolean }) => {
      const allowed = await (await sweeps()).allow();
      done(json, { allowed }, `allowed: ${allowed.join(', ')}`);
    },
  );
};
