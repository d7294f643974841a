import type { LocalSource } from '../../ipc/snapshot.ts';

/** Whether a source is open or is being opened, so that its button turns it off. */
export const isWanted = (source: LocalSource): boolean => {
  switch (source.kind) {
    case 'on':
    case 'starting':
      return true;
    case 'off':
      return false;
    case 'problem':
      return source.problem === 'no-picture';
  }
};
