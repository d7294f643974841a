/** What the phones of one call say to each other, in this order; candidates twice from either side. */
export type Step = 'invite' | 'ringing' | 'accept' | 'candidates' | 'connected' | 'end';

/** How many messages reach the other side in one whole call: six steps, candidates and `connected` from both. */
export const MESSAGES_A_CALL = 10;

/** Batches of candidates from either side. */
export const BATCHES = 2;

/** A step arrived at a phone. */
export type Hear = (step: Step, callId: string) => void;

/** One phone of a pair that calls each other, by whatever server stands in between. */
export interface CallPhone {
  /** Resolves when it can call and be called. */
  readonly ready: Promise<unknown>;
  /**
   * Tells the other phone of the pair a step.
   * @param done the server has taken it; at once where servers do not acknowledge.
   */
  say(step: Step, callId: string, done?: () => void): void;
  close(): void;
}

/** The two of a pair. What they hear goes to whoever `hear` is when it comes. */
export interface CallPair {
  readonly caller: CallPhone;
  readonly callee: CallPhone;
  hear: { caller: Hear; callee: Hear };
}
