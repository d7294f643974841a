import type { CallPair } from './call-phone.ts';
import { openLoop, type Pace } from './open-loop.ts';
import { pause } from './pause.ts';
import { placeCall } from './placed-call.ts';

/** The results of calls at one rate. */
export interface Calls {
  readonly placed: number;
  readonly done: number;
  /** Calls that were due while all pairs were still busy, because the server is far behind. */
  readonly skipped: number;
  /** From when a call was due until the callee's phone heard of it, in milliseconds. */
  readonly ringing: readonly number[];
  /** From when a call was due until it was over and on record. */
  readonly whole: readonly number[];
}

/** How long calls may still take after the last one was placed, in milliseconds. */
const FINISH_WITHIN = 3_000;

/** Places calls at a rate, each over a free pair; skips a call when no pair is free. */
export const placeCalls = async (pairs: readonly CallPair[], pace: Pace): Promise<Calls> => {
  const free = [...pairs];
  const [ringing, whole]: [number[], number[]] = [[], []];
  let [placed, done, skipped] = [0, 0, 0];

  await openLoop(pace, (due) => {
    const pair = free.shift();
    if (!pair) {
      skipped += 1;
      return;
    }
    placed += 1;
    placeCall(pair, {
      onRing: () => ringing.push(performance.now() - due),
      onDone: () => {
        done += 1;
        whole.push(performance.now() - due);
        free.push(pair);
      },
    });
  });
  const end = performance.now() + FINISH_WITHIN;
  while (done < placed && performance.now() < end) await pause(10);
  return { placed, done, skipped, ringing, whole };
};
