import { randomUUID } from 'node:crypto';
import { BATCHES, type CallPair, type Hear, type Step } from './call-phone.ts';

/** Callbacks for the events of a running call. */
interface Watch {
  onRing(): void;
  /** Both phones know that the call is over, and the server has accepted its end. */
  onDone(): void;
}

const IGNORE: Hear = () => undefined;

/**
 * Runs one whole call over a pair: invite, ringing, accept, candidates in two batches each way, connected, end. Each
 * side goes on as soon as it may, as phones do, except that no step waits for a person.
 */
export const placeCall = (pair: CallPair, watch: Watch): void => {
  const { caller, callee } = pair;
  const callId = randomUUID();
  const counts = { caller: 0, callee: 0 };
  let [isConnecting, hears] = [false, false];
  // A server may tell of the end more than once.
  const hungUp = { acknowledged: false, told: false };

  const finish = (how: keyof typeof hungUp): void => {
    const wasDone = hungUp.acknowledged && hungUp.told;
    hungUp[how] = true;
    if (wasDone || !hungUp.acknowledged || !hungUp.told) return;
    pair.hear = { caller: IGNORE, callee: IGNORE };
    watch.onDone();
  };
  const hangUp = (): void => {
    if (isConnecting && hears) {
      caller.say('end', callId, () => {
        finish('acknowledged');
      });
    }
  };
  const gather = (side: 'caller' | 'callee'): void => {
    for (let batch = 0; batch < BATCHES; batch += 1) pair[side].say('candidates', callId);
  };
  /** Counts a batch of the other side's candidates: the last one completes the path. */
  const addCandidates = (side: 'caller' | 'callee'): void => {
    counts[side] += 1;
    if (counts[side] !== BATCHES) return;
    pair[side].say('connected', callId);
    if (side === 'callee') return;
    isConnecting = true;
    hangUp();
  };

  const atCallee = (step: Step): void => {
    if (step === 'invite') {
      watch.onRing();
      callee.say('ringing', callId);
      callee.say('accept', callId, () => {
        gather('callee');
      });
    } else if (step === 'candidates') addCandidates('callee');
    else if (step === 'end') finish('told');
  };
  const atCaller = (step: Step): void => {
    if (step === 'accept') gather('caller');
    else if (step === 'candidates') addCandidates('caller');
    else if (step === 'connected' && !hears) {
      hears = true;
      hangUp();
    }
  };
  pair.hear = {
    caller: (step, of) => {
      if (of === callId) atCaller(step);
    },
    callee: (step, of) => {
      if (of === callId) atCallee(step);
    },
  };
  caller.say('invite', callId);
};
