import { randomUUID } from 'node:crypto';
import type { CallPair } from './call-phone.ts';
import { openLoop, type Pace } from './open-loop.ts';
import { pause } from './pause.ts';

/** How long the last messages may take, in milliseconds. */
const ARRIVE_WITHIN = 3_000;

/** Brings a call up and leaves it; answers its id. */
const bringUp = (pair: CallPair): Promise<string> =>
  new Promise((resolve) => {
    const callId = randomUUID();
    pair.hear = {
      caller: (step) => {
        if (step === 'accept')
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

/**
 * Nothing but messages within calls that are up: batches of candidates from either side, passed on to the other.
 * @param pace messages a second, all pairs together.
 * @returns how many arrived.
 */
export const passMessages = async (pairs: readonly CallPair[], pace: Pace): Promise<number> => {
  let [sent, heard] = [0, 0];
  const hear = (): void => {
    heard += 1;
  };
  const calls = await Promise.all(pairs.map(async (pair) => ({ pair, callId: await bringUp(pair) })));
  // What brought the calls up has arrived by then.
  await pause(500);
  for (const pair of pairs) pair.hear = { caller: hear, callee: hear };
  await openLoop(pace, () => {
    const call = calls[sent % calls.length];
    // Every other round from the other side.
    const side = Math.floor(sent / calls.length) % 2 === 0 ? 'caller' : 'callee';
    call?.pair[side].say('candidates', call.callId);
    sent += 1;
  });
  const end = performance.now() + ARRIVE_WITHIN;
  while (heard < sent && performance.now() < end) await pause(10);
  for (const { pair, callId } of calls) pair.caller.say('end', callId);
  return heard;
};
