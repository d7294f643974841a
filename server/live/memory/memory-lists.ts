import type { UserId } from '../../../protocol/ids.ts';
import type { LiveLists, Shown } from '../../people/live-lists.ts';

/** In this process's memory. */
export const createMemoryLists = (): LiveLists => {
  const changed = new Map<UserId, number>();
  const frozen = new Map<UserId, Map<UserId, Shown>>();
  return {
    changes: (viewer) => Promise.resolve(changed.get(viewer) ?? 0),
    touch(viewer) {
      changed.set(viewer, (changed.get(viewer) ?? 0) + 1);
      return Promise.resolve();
    },
    frozen: (viewer) => Promise.resolve(new Map(frozen.get(viewer))),
    freeze(viewer, userId, as, how) {
      const known = frozen.get(viewer) ?? new Map<UserId, Shown>();
      if (how !== 'unless-frozen' || !known.has(userId)) frozen.set(viewer, known.set(userId, as));
      return Promise.resolve();
    },
    thaw(viewer, userId) {
      const known = frozen.get(viewer);
      known?.delete(userId);
      if (known?.size === 0) frozen.delete(viewer);
      return Promise.resolve();
    },
  };
};
