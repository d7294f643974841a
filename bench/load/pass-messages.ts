import { randomUUID } from 'node:crypto';
import type { CallPair } from './call-phone.ts';
import { openLoop, type Pace } from './open-loop.ts';
import { pause } from './pause.ts';

/** How long the last messages may take, in milliseconds. */
const ARRIVE_WITHIN = 3_000;

/** The messages that arrived, and the resources used before and after. */
export interface Passed<Used> {
  readonly heard: number;
  readonly before: Used;
  readonly after: Used;
}

/** Sets up a call and leaves it connected; resolves to its id. */
const bringUp = (pair: CallPair): Promise<string> =>
  new Promise((resolve) => {
    const callId = randomUUID();
    pair.hear = {
      caller: (step) => {
        if (step !== 'accept') return;
        pair.caller.say('connected', callId, () => {
          resolve(callId);
        });
      },
      callee: (step) => {
        if (step === 'invite') pair.callee.say('accept', callId);
      },
    };
    pair.caller.say('invite', callId);
  });

const hangUp = ({ caller }: CallPair, callId: string): Promise<void> =>
  new Promise((resolve) => {
    caller.say('end', callId, resolve);
  });

/**
 * Sends only messages within connected calls: batches of candidates from each side, which the server passes on.
 * @param pace messages a second, all pairs together.
 * @param used reads the resources used so far; setting calls up and ending them does not count.
 */
export const passMessages = async <Used>(
  pairs: readonly CallPair[],
  pace: Pace,
  used: () => Used,
): Promise<Passed<Used>> => {
  let [sent, heard] = [0, 0];
  const hear = (): void => {
    heard += 1;
  };
  const calls: { pair: CallPair; callId: string }[] = [];
  for (const pair of pairs) calls.push({ pair, callId: await bringUp(pair) });
  // The messages that set up the calls have arrived by then.
  await pause(500);
  for (const pair of pairs) pair.hear = { caller: hear, callee: hear };
  const before = used();
  await openLoop(pace, () => {
    const call = calls[sent % calls.length];
    // After each round of all calls, the other side sends.
    const side = Math.floor(sent / calls.length) % 2 === 0 ? 'caller' : 'callee';
    call?.pair[side].say('candidates', call.callId);
    sent += 1;
  });
  const end = performance.now() + ARRIVE_WITHIN;
  while (heard < sent && performance.now() < end) await pause(10);
  const after = used();
  for (const { pair, callId } of calls) await hangUp(pair, callId);
  await pause(500);
  return { heard, before, after };
};
