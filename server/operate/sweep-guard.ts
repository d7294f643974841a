import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { HoldReason, Swept, SweepState, SweepStore } from '../sweep-store.ts';

/** Milliseconds without a sweep after which the clock may be wrong, because sweeps are hourly. A weekend is shorter. */
const JUMP = 3 * 86_400_000;
/** Fewer than this may all go at once: where nobody writes any more, one sweep deletes the last ones. */
const FEW = 10;

/** Makes sweeps, and holds those that look like the work of a wrong clock. */
export interface SweepGuard {
  /**
   * Deletes what is older than `time` (epoch milliseconds) unless that needs the operator's permission.
   * @returns how many `remove` deleted.
   */
  sweep(what: Swept, time: number, remove: () => Promise<number>): Promise<number>;
}

const reasonToHold = (
  { sweptAt }: SweepState,
  now: number,
  { due, kept }: { due: number; kept: number },
): HoldReason | null => {
  if (sweptAt !== null && now - sweptAt > JUMP) return 'jump';
  return due >= FEW && kept < due ? 'most' : null;
};

export const createSweepGuard = ({
  sweeps,
  clock,
  log,
}: {
  sweeps: SweepStore;
  clock: Pick<Clock, 'now'>;
  log: Logger;
}): SweepGuard => ({
  async sweep(what, time, remove) {
    const now = clock.now();
    const [state, counts] = [await sweeps.of(what), await sweeps.count(what, time)];
    const reason = counts.due === 0 || state.allowed ? null : reasonToHold(state, now, counts);
    if (reason !== null) {
      await sweeps.hold(what, { reason, due: counts.due, at: now });
      log.error(
        { what, reason, due: counts.due, lastSweep: state.sweptAt },
        'nothing was deleted: is this machine’s clock right? If it is, run: npm run admin -- sweeps allow',
      );
      return 0;
    }
    const removed = await remove();
    await sweeps.swept(what, now);
    return removed;
  },
});
