import { findBrowser } from './find-browser.ts';
import { findPostgres } from './find-postgres.ts';
import { findProgram } from './find-program.ts';

/** A program by the name it is called by, and Debian's package that has it. */
interface NeededProgram {
  readonly program: string;
  readonly apt: string;
  /** Where it is looked for, if not on the PATH alone. */
  readonly find?: (program: string) => string | null;
}

/** What a browser test starts, what the server's tests start, and what makes networks and breaks them. */
export const NEEDS = ['browser', 'databases', 'networks'] as const;
export type Need = (typeof NEEDS)[number];

export const isNeed = (text: string): text is Need => NEEDS.some((need) => need === text);

const POSTGRES = { apt: 'postgresql', find: findPostgres };

const PROGRAMS: Readonly<Record<Need, readonly NeededProgram[]>> = {
  browser: [
    { program: 'chromium', apt: 'chromium', find: findBrowser },
    // A display and a message bus of the tests' own. Elsewhere Chromium asks the system.
    ...(process.platform === 'linux'
      ? [
          { program: 'Xvfb', apt: 'xvfb' },
          { program: 'dbus-daemon', apt: 'dbus' },
        ]
      : []),
  ],
  databases: [
    { program: 'initdb', ...POSTGRES },
    { program: 'postgres', ...POSTGRES },
    { program: 'pg_dump', ...POSTGRES },
    { program: 'pg_restore', ...POSTGRES },
    { program: 'redis-server', apt: 'redis-server' },
  ],
  networks: [
    { program: 'ip', apt: 'iproute2' },
    { program: 'tc', apt: 'iproute2' },
    { program: 'nft', apt: 'nftables' },
    // The one thing that Node cannot do: attach to a TUN device.
    { program: 'python3', apt: 'python3-minimal' },
    { program: 'turnserver', apt: 'coturn' },
    // For the relay's certificate.
    { program: 'openssl', apt: 'openssl' },
  ],
};

/** Which of the needed programs are not installed. */
export const missingPrograms = (needs: readonly Need[]): NeededProgram[] =>
  needs.flatMap((need) => PROGRAMS[need]).filter(({ program, find = findProgram }) => find(program) === null);
