import { candidateSchema, type Candidate } from '../../protocol/calls/candidate.ts';
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

type Share = 'host-udp' | 'host-tcp' | 'reflexive' | 'relay';

/**
 * How many candidates of a generation may be of each sort, together fewer than the contract's `candidatesPerGeneration`.
 * A machine with twenty network interfaces has forty host candidates, which come first: without shares, they leave no
 * room for the relay, the one that works where no direct path does. The browser tries pairs one by one, some twenty a
 * second (RFC 8445, section 14), and those with a relay last: more host candidates would take longer than a call waits.
 */
const SHARES: Readonly<Record<Share, number>> = { 'host-udp': 8, 'host-tcp': 2, reflexive: 6, relay: 8 };

const shareOf = (candidate: string): Share => {
  if (/ typ relay\b/.test(candidate)) return 'relay';
  if (!/ typ host\b/.test(candidate)) return 'reflexive';
  return /^\S+ \d+ tcp /i.test(candidate) ? 'host-tcp' : 'host-udp';
};

const NONE: Readonly<Record<Share, number>> = { 'host-udp': 0, 'host-tcp': 0, reflexive: 0, relay: 0 };

/** Host candidates come within a few milliseconds of each other; the connection waits for the first batch. */
const FIRST_BATCH_MS = 2;
/** Then come answers of STUN and TURN servers: one or two round trips apart. */
const LATER_BATCH_MS = 100;

/**
 * Collects own candidates as they are found and passes them on in about two batches a generation: a quick one for
 * the connection, a later one for the rest. Candidates that the other side would refuse, or that exceed their
 * share, are left out.
 */
export class CandidateBatcher {
  readonly #clock: Clock;
  readonly #send: (batch: CandidateBatch) => void;
  #ufrag: string | null = null;
  #pending: Candidate[] = [];
  #accepted = { ...NONE };
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
    const share = shareOf(candidate);
    if (this.#accepted[share] === SHARES[share]) return;
    this.#accepted[share] += 1;
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
    this.#accepted = { ...NONE };
    this.#sentOne = false;
  }
}
