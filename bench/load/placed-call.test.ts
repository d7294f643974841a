import { describe, expect, it } from 'vitest';
import type { CallPair, CallPhone, Step } from './call-phone.ts';
import { MESSAGES_A_CALL } from './call-phone.ts';
import { placeCall } from './placed-call.ts';

/** Two phones that hear each other at once, as over a server that only passes messages on. */
const openPair = () => {
  const said: string[] = [];
  const phone = (side: 'caller' | 'callee', other: 'caller' | 'callee'): CallPhone => ({
    ready: Promise.resolve(),
    say(step: Step, callId, done) {
      said.push(`${side} ${step}`);
      queueMicrotask(() => {
        pair.hear[other](step, callId);
        done?.();
      });
    },
    close: () => undefined,
  });
  const pair: CallPair = {
    caller: phone('caller', 'callee'),
    callee: phone('callee', 'caller'),
    hear: { caller: () => undefined, callee: () => undefined },
  };
  return { pair, said };
};

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a placed call', () => {
  it('says everything once, in order, and is done when both sides know', async () => {
    const { pair, said } = openPair();
    const heard: string[] = [];
    placeCall(pair, { onRing: () => heard.push('ring'), onDone: () => heard.push('done') });
    await settle();
    expect(heard).toEqual(['ring', 'done']);
    expect(said).toHaveLength(MESSAGES_A_CALL);
    expect(said.slice(0, 3)).toEqual(['caller invite', 'callee ringing', 'callee accept']);
    expect(said.at(-1)).toBe('caller end');
  });

  it('is done once, also where the end is told twice', async () => {
    const { pair } = openPair();
    let done = 0;
    placeCall(pair, { onRing: () => undefined, onDone: () => (done += 1) });
    const { callee } = pair.hear;
    pair.hear.callee = (step, callId) => {
      callee(step, callId);
      if (step === 'end') callee(step, callId);
    };
    await settle();
    expect(done).toBe(1);
  });
});
