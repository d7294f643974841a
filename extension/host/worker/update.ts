import type { BackgroundSnapshot } from '../../ipc/slices.ts';

const KEY = 'waiting-version';

interface Options {
  store: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  currentVersion: () => string;
  reload: () => void;
}

const isBusy = ({ call, incoming }: BackgroundSnapshot): boolean => incoming.length > 0 || call;

/** Installs a waiting update as soon as no call is up: the phone never closes, and the browser would wait for it. */
export interface Updates {
  available(version: string): Promise<void>;
  /** Call at each change of the phone's state. */
  consider(snapshot: BackgroundSnapshot): Promise<void>;
}

/** The waiting version is stored, because the worker is often restarted between its arrival and a call's end. */
export const createUpdates = ({ store, currentVersion, reload }: Options): Updates => ({
  available: (version) => store.set(KEY, version),

  async consider(snapshot) {
    if (isBusy(snapshot)) return;
    const waiting = await store.get(KEY);
    if (typeof waiting !== 'string' || waiting === currentVersion()) return;
    // Once only: a version that does not install must not restart the phone over and over.
    await store.set(KEY, currentVersion());
    reload();
  },
});
