import type { LocalSource } from '../../ipc/snapshot.ts';

/** Whether a source is on or on its way: what its button then offers is to turn it off. */
export const isWanted = (source: LocalSource): boolean => source.kind === 'on' || source.kind === 'starting';
