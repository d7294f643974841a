import type { BackgroundSnapshot } from '../../ipc/slices.ts';

const WAITING = 'waiting-version';
const UNUSED_SINCE = 'unused-since';

/**
 * How long nothing may have been in use before an update is installed, in milliseconds. What a page asked for before
 * it closed is done by then, and whoever has just hung up has had time to call again.
 */
const UNUSED_FOR = 30_000;

interface Options {
  store: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  currentVersion: () => string;
  /** Whether a page of this extension is open, whatever it shows: one may be half filled in. */
  anyPageOpen: () => Promise<boolean>;
  /** Epoch milliseconds: they outlive the worker. */
  now: () => number;
  reload: () => void;
}

/**
 * Installs a waiting update once nothing of this extension is in use: an update closes all its pages and ends its
 * calls. The browser itself would wait for ever, because the phone never closes.
 */
export interface Updates {
  available(version: string): Promise<void>;
  /** Call it at each change of the phone's state, and regularly: nothing tells that a page was closed. */
  consider(snapshot: BackgroundSnapshot): Promise<void>;
  /** No update is installed before this is done. */
  hold<T>(work: Promise<T>): Promise<T>;
}

/** The waiting version is stored, because the worker is often restarted before the update may be installed. */
export const createUpdates = ({ store, currentVersion, anyPageOpen, now, reload }: Options): Updates => {
  let held = 0;

  const inUse = async ({ call, incoming }: BackgroundSnapshot): Promise<boolean> =>
    held > 0 || call || incoming.length > 0 || (await anyPageOpen());

  return {
    available: (version) => store.set(WAITING, version),

    async consider(snapshot) {
      const waiting = await store.get(WAITING);
      if (typeof waiting !== 'string' || waiting === currentVersion()) return;
      if (await inUse(snapshot)) {
        await store.set(UNUSED_SINCE, null);
        return;
      }
      const since = await store.get(UNUSED_SINCE);
      if (typeof since !== 'number') await store.set(UNUSED_SINCE, now());
      if (typeof since !== 'number' || now() - since < UNUSED_FOR) return;
      // Once only: a version that does not install must not restart the phone over and over.
      await store.set(WAITING, currentVersion());
      await store.set(UNUSED_SINCE, null);
      reload();
    },

    async hold(work) {
      held += 1;
      try {
        return await work;
      } finally {
        held -= 1;
      }
    },
  };
};
