import type { Evidence } from '../evidence.ts';

/** A check of a run: a pure function of the evidence that returns each violation in words. */
export type Check = (evidence: Evidence) => string[];
