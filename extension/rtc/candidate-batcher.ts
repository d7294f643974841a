import { candidateSchema, type Candidate } from '../../protocol/calls/candidate.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { Clock } from './clock.ts';

/** A candidate of this phone as the browser reports it; `RTCIceCandidate` has this shape. */
export interface FoundCandidate extends Candidate {
  readonly usernameFragment: string | null;
}

/** Candidates of one generation that leave together. */
export interface CandidateBatch {
  ufrag: string;
  candidates: Candidate[];
}

/** Host candidates come within a few milliseconds of each other; the connection waits for the first batch. */
const FIRST_BATCH_MS = 2;
/** Then come answers of STUN and TURN servers: one or two round trips apart. */
const LATER_BATCH_MS = 100;

/**
 * Collects own candidates as they are found and passes them on in about two batches a generation: a quick one for
 * the connection, a later one for the rest. Candidates that the other side would refuse, or that exceed the limit,
 * are left out.
 */
export class CandidateBatcher {
  readonly #clock: Clock;
  readonly #send: (batch: CandidateBatch) => void;
  #ufrag: string | null = null;
  #pending: Candidate[] = [];
  #accepted = 0;
  #sentOne = false;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock, send: (batch: CandidateBatch) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  add(found: FoundCandidate): void {
    const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = found;
    if (candidate === '' || usernameFragment === null) return;
    const parsed = candidateSchema.safeParse({ candidate, sdpMid, sdpMLineIndex });
    if (!parsed.success) return;
    if (usernameFragment !== this.#ufrag) this.#begin(usernameFragment);
    if (this.#accepted === LIMITS.candidatesPerGeneration) return;
    this.#accepted += 1;
    this.#pending.push(parsed.data);
    this.#cancelTimer ??= this.#clock.after(this.#sentOne ? LATER_BATCH_MS : FIRST_BATCH_MS, () => {
      this.flush();
    });
  }

  /** Sends what is there now: gathering is complete. */
  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#ufrag === null || this.#pending.length === 0) return;
    const batch = { ufrag: this.#ufrag, candidates: this.#pending };
    this.#pending = [];
    this.#sentOne = true;
    this.#send(batch);
  }

  /** Drops what has not been sent; nothing is sent afterwards. */
  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#pending = [];
  }

  /** Drops the candidates of the former generation, which lead nowhere now. */
  #begin(ufrag: string): void {
    this.stop();
    this.#ufrag = ufrag;
    this.#accepted = 0;
    this.#sentOne = false;
  }
}
