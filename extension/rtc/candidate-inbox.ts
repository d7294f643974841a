import type { Candidate } from '../../protocol/calls/candidate.ts';
import { LIMITS } from '../../protocol/limits.ts';

/** Generations that are kept while their description has not come: the next one, and one that was ignored in a collision. */
const EARLY_GENERATIONS = 2;
/** Former generations that are remembered, so that their late candidates are not taken for early ones. */
const FORMER_GENERATIONS = 8;

/**
 * Sorts the other side's candidates by generation: those of the current one
 * pass, up to the limit; those of a former one are dropped; others wait for
 * their description.
 */
export class CandidateInbox {
  readonly #early = new Map<string, Candidate[]>();
  readonly #former: string[] = [];
  #current: string | null = null;
  #accepted = 0;

  /** Returns the candidates to add to the connection now. */
  receive(ufrag: string, candidates: readonly Candidate[]): Candidate[] {
    if (ufrag === this.#current) return this.#accept(candidates);
    if (this.#former.includes(ufrag)) return [];
    const waiting = [...(this.#early.get(ufrag) ?? []), ...candidates];
    this.#early.set(ufrag, waiting.slice(0, LIMITS.candidatesPerGeneration));
    const [oldest] = this.#early.keys();
    if (this.#early.size > EARLY_GENERATIONS && oldest !== undefined) this.#early.delete(oldest);
    return [];
  }

  /** A remote description is in force and the connection takes candidates; returns those that waited for it. */
  open(ufrag: string): Candidate[] {
    if (ufrag === this.#current) return [];
    if (this.#current !== null) this.#former.push(this.#current);
    if (this.#former.length > FORMER_GENERATIONS) this.#former.shift();
    this.#current = ufrag;
    this.#accepted = 0;
    const waited = this.#early.get(ufrag) ?? [];
    this.#early.delete(ufrag);
    return this.#accept(waited);
  }

  #accept(candidates: readonly Candidate[]): Candidate[] {
    const accepted = candidates.slice(0, LIMITS.candidatesPerGeneration - this.#accepted);
    this.#accepted += accepted.length;
    return accepted;
  }
}
