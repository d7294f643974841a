/** The steps that the phones of one call send each other, in this order; each side sends candidates twice. */
export type Step = 'invite' | 'ringing' | 'accept' | 'candidates' | 'connected' | 'end';

/** How many messages reach the other side in one whole call: six steps, candidates and `connected` from both. */
export const MESSAGES_A_CALL = 10;

/** How many batches of candidates each side sends. */
export const BATCHES = 2;

/** A step arrived at a phone. */
export type Hear = (step: Step, callId: string) => void;

/** One phone of a pair that calls each other over some server. */
export interface CallPhone {
  /** Resolves when it can call and be called. */
  readonly ready: Promise<unknown>;
  /**
   * Tells the other phone of the pair a step.
   * @param done called when the server has accepted it, or at once if the server does not acknowledge.
   */
  say(step: Step, callId: string, done?: () => void): void;
  close(): void;
}

/** The two phones of a pair. Each event goes to the current value of `hear`. */
export interface CallPair {
  readonly caller: CallPhone;
  readonly callee: CallPhone;
  hear: { caller: Hear; callee: Hear };
}
