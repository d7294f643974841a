import type { Clock } from '../../clock.ts';

interface MergeBurstsDeps<Key> {
  clock: Pick<Clock, 'setTimeout'>;
  /** Milliseconds after a key's work in which more of the same is put off and done once. */
  within: number;
  work: (key: Key) => Promise<void>;
  /** Work that was put off has failed: nobody waits for it any more. */
  onFailed: (error: unknown) => void;
}

/** Work that has to show the last state only: the first of a burst is done at once, all others together. */
export interface MergedBursts<Key> {
  run(key: Key): Promise<void>;
  /** Does at once what was put off. */
  flush(): Promise<void>;
}

export const mergeBursts = <Key>({
  clock,
  within,
  work,
  onFailed,
}: MergeBurstsDeps<Key>): MergedBursts<Key> => {
  /** The keys of running bursts, and whether there is more to do at the end of each. */
  const bursts = new Map<Key, boolean>();

  const begin = (key: Key): Promise<void> => {
    bursts.set(key, false);
    clock.setTimeout(() => {
      const hasMore = bursts.get(key);
      bursts.delete(key);
      if (hasMore) begin(key).catch(onFailed);
    }, within);
    return work(key);
  };

  return {
    async run(key) {
      if (bursts.has(key)) bursts.set(key, true);
      else await begin(key);
    },
    async flush() {
      const waiting = [...bursts].filter(([, hasMore]) => hasMore).map(([key]) => key);
      for (const key of waiting) bursts.set(key, false);
      await Promise.all(waiting.map((key) => work(key).catch(onFailed)));
    },
  };
};
