import { SWEPT, type Hold, type Swept } from '../../sweep-store.ts';
import type { Store } from '../../store.ts';
import { AdminError } from './admin-error.ts';

/** How the sweeps of one kind stand, for the operator. */
export interface SweepLine {
  what: Swept;
  /** Epoch milliseconds; null: none yet. */
  sweptAt: number | null;
  /** What waits; null: nothing. */
  hold: Hold | null;
  allowed: boolean;
}

/** What an operator does about deletions that wait. */
export interface SweepCommands {
  list(): Promise<SweepLine[]>;
  /**
   * Allows all deletions that wait, which the server then makes within the hour; returns which. @throws AdminError
   * when none waits.
   */
  allow(): Promise<Swept[]>;
}

export const createSweepCommands = ({ sweeps }: Pick<Store, 'sweeps'>): SweepCommands => ({
  list: () => Promise.all(SWEPT.map(async (what) => ({ what, ...(await sweeps.of(what)) }))),
  async allow() {
    const allowed: Swept[] = [];
    for (const what of SWEPT) if (await sweeps.allow(what)) allowed.push(what);
    if (allowed.length === 0) throw new AdminError('no deletion waits');
    return allowed;
  },
});
