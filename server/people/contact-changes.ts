import type { UserId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/presence/presence.ts';
import type { OneAtATime } from '../one-at-a-time.ts';
import { Refused } from '../refused.ts';
import type { Directory, Relation, Relations } from './directory.ts';

interface ContactChangesDeps {
  directory: Pick<Directory, 'person' | 'between'>;
  /** Where a person's list is shown. */
  visibility: { show(viewer: UserId, userId: UserId, before: Relation, after: Relation): Promise<void> };
  oneAtATime: OneAtATime;
}

/** Two people, of whom one asks for a change. */
export interface Pair {
  me: Person;
  other: Person;
}

/**
 * Changes what two people are to one another. One change of a person at a time, so that none
 * is decided on a state that another is about to change, and phones are told in
 * the order of the writes. Other people's changes go on meanwhile.
 */
export class ContactChanges {
  readonly #deps: ContactChangesDeps;

  constructor(deps: ContactChangesDeps) {
    this.#deps = deps;
  }

  /**
   * Runs `write` in both people's turn, then shows both people what has changed for them.
   * @param write is told what the two are to one another so far
   * @returns what `write` returns
   * @throws Refused `not-found` when there is no such person, `not-allowed` for oneself
   */
  between<T>(me: UserId, other: UserId, write: (pair: Pair, before: Relations) => Promise<T>): Promise<T> {
    return this.#deps.oneAtATime.run([me, other], async () => {
      const pair = await this.#pair(me, other);
      const before = await this.#deps.directory.between(me, other);
      const result = await write(pair, before);
      const after = await this.#deps.directory.between(me, other);
      await this.#deps.visibility.show(me, other, before.mine, after.mine);
      await this.#deps.visibility.show(other, me, before.theirs, after.theirs);
      return result;
    });
  }

  /** Runs something that changes no list in one person's turn. */
  alone<T>(userId: UserId, task: () => Promise<T>): Promise<T> {
    return this.#deps.oneAtATime.run([userId], task);
  }

  async #pair(me: UserId, other: UserId): Promise<Pair> {
    if (me === other) throw new Refused('not-allowed');
    const { directory } = this.#deps;
    const [mine, theirs] = [await directory.person(me), await directory.person(other)];
    if (!mine) throw new Refused('unauthorized');
    if (!theirs) throw new Refused('not-found');
    return { me: mine, other: theirs };
  }
}
