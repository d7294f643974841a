import type { Person } from '../../../protocol/presence/presence.ts';

/** The part of a person that is needed for their picture. */
export type Pictured = Pick<Person, 'userId' | 'picture'>;
