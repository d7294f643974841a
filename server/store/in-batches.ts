import { Refused } from '../refused.ts';

interface Waiting<T> {
  readonly item: T;
  readonly resolve: (value: undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Combines all requests of one turn of the event loop into a batch; a busier process makes larger batches. If
 * a batch fails, each request is done separately, so that none fails because of another. A refusal (`Refused`)
 * is the database's, and refuses them all.
 * @param doAll must do everything, or nothing if it rejects.
 */
export const inBatches = <T>(doAll: (items: readonly T[]) => Promise<void>): ((item: T) => Promise<void>) => {
  let waiting: Waiting<T>[] = [];

  const doOne = async ({ item, resolve, reject }: Waiting<T>): Promise<void> => {
    try {
      await doAll([item]);
      resolve(undefined);
    } catch (error) {
      reject(error);
    }
  };
  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    const [first] = batch;
    if (first && batch.length === 1) {
      await doOne(first);
      return;
    }
    try {
      await doAll(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve(undefined);
    } catch (error) {
      // The database cannot be used. One after the other, they would all wait in vain.
      if (error instanceof Refused) for (const { reject } of batch) reject(error);
      else for (const one of batch) await doOne(one);
    }
  };

  return (item) => {
    if (waiting.length === 0) setImmediate(() => void flush());
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    waiting.push({ item, resolve, reject });
    return promise;
  };
};
