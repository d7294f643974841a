import type { UserId } from '../../../protocol/ids.ts';
import type { Person } from '../../../protocol/presence/presence.ts';
import type { Snapshot } from '../../ipc/slices.ts';
import { keepEqual } from '../keep-equal.ts';
import { skeletonOf } from './skeleton.ts';

/** How many names, and people who are no contacts, are remembered; with more it begins anew. */
const REMEMBERED = 20_000;

type Named = Pick<Person, 'userId' | 'displayName'>;
type Seen = Pick<Snapshot, 'contacts' | 'incoming' | 'call' | 'people' | 'history' | 'elsewhere'>;

interface Store {
  readonly current: Seen & Pick<Snapshot, 'namesakes'>;
  subscribe(listener: (changed: Partial<Snapshot>) => void): void;
  update(slices: Pick<Snapshot, 'namesakes'>): void;
}

const SLICES = ['contacts', 'incoming', 'call', 'people', 'history', 'elsewhere'] as const;

const shownIn = ({ contacts, incoming, call, people, history, elsewhere }: Seen): Named[] =>
  [
    contacts,
    incoming.map(({ from }) => from),
    people.pending.incoming,
    people.blocked,
    call?.peer ?? [],
    elsewhere?.peer ?? [],
    history.missed?.latest?.person ?? [],
  ].flat();

const haveSameNames = (before: readonly Named[], now: readonly Named[]): boolean =>
  before.length === now.length &&
  now.every(({ userId, displayName }, i) => {
    const was = before[i];
    return was?.userId === userId && was.displayName === displayName;
  });

/** Keeps which of the people that this person can see have names that look the same. */
export class Namesakes {
  readonly #store: Store;
  readonly #makeSkeleton: (name: string) => string;
  /** Who was compared last: a status changes often, a name seldom. */
  #compared: readonly Named[] = [];
  /** A name's skeleton is made once: the list of contacts changes with everybody's status. */
  readonly #skeletons = new Map<string, string>();
  /** People whom a page has shown and who may be in no slice, as from the history. */
  readonly #heard = new Map<UserId, Named>();

  constructor(store: Store, makeSkeleton = skeletonOf) {
    this.#store = store;
    this.#makeSkeleton = makeSkeleton;
    store.subscribe((changed) => {
      if (SLICES.some((slice) => slice in changed)) this.#compare();
    });
  }

  /** A page is about to be shown these. */
  hear(people: readonly Named[]): void {
    if (this.#heard.size > REMEMBERED) this.#heard.clear();
    for (const person of people) this.#heard.set(person.userId, person);
    if (people.length > 0) this.#compare();
  }

  #compare(): void {
    if (this.#skeletons.size > REMEMBERED) this.#skeletons.clear();
    // People in a slice are known there by today's name.
    const people = new Map(this.#heard);
    for (const person of shownIn(this.#store.current)) people.set(person.userId, person);
    const now = [...people.values()];
    if (haveSameNames(this.#compared, now)) return;
    this.#compared = now;
    const alike = Map.groupBy(now, ({ displayName }) => this.#skeletonOf(displayName));
    const namesakes = [...alike.values()]
      .filter(({ length }) => length > 1)
      .flatMap((same) => same.map(({ userId }) => userId));
    this.#store.update({ namesakes: keepEqual(this.#store.current.namesakes, namesakes) });
  }

  #skeletonOf(name: string): string {
    const known = this.#skeletons.get(name);
    if (known !== undefined) return known;
    const skeleton = this.#makeSkeleton(name);
    this.#skeletons.set(name, skeleton);
    return skeleton;
  }
}
