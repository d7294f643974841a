import type { Evidence } from '../evidence.ts';

/** What a run must show. Pure: looks at the evidence and names each thing that is not as it must be. */
export type Check = (evidence: Evidence) => string[];
