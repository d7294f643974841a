import type { SnapshotStore } from '../snapshot-store.ts';
import type { Signaling } from './signaling.ts';

/** In milliseconds: what a slow network and two clocks that are set well may differ by. */
const AGREE_WITHIN = 60_000;

/** Keeps how far this computer's clock is ahead of the server's, as each new connection tells. */
export const followServerTime = (
  signaling: Pick<Signaling, 'on'>,
  store: Pick<SnapshotStore, 'update'>,
): void => {
  signaling.on('server:time', ({ now }) => {
    const ahead = Date.now() - now;
    store.update({ clockAhead: Math.abs(ahead) <= AGREE_WITHIN ? 0 : ahead });
  });
};
