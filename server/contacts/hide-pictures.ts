import type { UserId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/presence.ts';

/**
 * A list without the pictures of those who have blocked its owner. Nothing is told when somebody is blocked; from
 * the next list on it is as if there were no picture, so that no change of it can be seen.
 */
export const hidePictures = (people: readonly Person[], blockers: ReadonlySet<UserId>): Person[] =>
  people.map((person) => {
    if (person.picture === undefined || !blockers.has(person.userId)) return person;
    const { picture: _hidden, ...rest } = person;
    return rest;
  });
