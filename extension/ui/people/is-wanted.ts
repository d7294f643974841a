import type { LocalSource } from '../../ipc/snapshot.ts';

/** Whether a source is on or starting, so that its button turns it off. */
export const isWanted = (source: LocalSource): boolean => source.kind === 'on' || source.kind === 'starting';
