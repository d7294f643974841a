import type { Person } from '../../../protocol/presence/presence.ts';

/** Somebody as far as a picture goes. */
export type Pictured = Pick<Person, 'userId' | 'picture'>;
