import { findProgram } from './find-program.ts';
import { installByApt } from './install-by-apt.ts';

/** A program by the name it is called by, and Debian's package that has it. */
export interface NeededProgram {
  readonly program: string;
  readonly apt: string;
  /** Where it is looked for beside the PATH. */
  readonly find?: (program: string) => string | null;
}

/** Installs the programs that are missing; where it cannot, says what to install and makes this process fail. */
export const ensurePrograms = (whatFor: string, programs: readonly NeededProgram[]): void => {
  const missing = (): NeededProgram[] =>
    programs.filter(({ program, find = findProgram }) => find(program) === null);
  if (missing().length > 0) installByApt(missing().map((it) => it.apt));
  const lacking = missing();
  if (lacking.length === 0) return;
  console.error(
    `The ${whatFor} need ${lacking.map((it) => it.program).join(', ')}. Install it, for example with:`,
  );
  console.error(`  sudo apt-get install ${lacking.map((it) => it.apt).join(' ')}`);
  process.exitCode = 1;
};
