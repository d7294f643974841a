import type { PeopleView } from '../../ipc/snapshot.ts';
import type { Signaling } from '../connection/signaling.ts';

interface Store {
  readonly current: { people: PeopleView };
  update(slices: { people: PeopleView }): void;
}

/** Keeps whom this person has blocked, and what waits for an answer, as the server tells it. */
export const followPeople = (signaling: Pick<Signaling, 'on'>, store: Store): void => {
  const change = (slices: Partial<PeopleView>): void => {
    store.update({ people: { ...store.current.people, ...slices } });
  };
  const without = (userId: string): PeopleView['blocked'] =>
    store.current.people.blocked.filter((person) => person.userId !== userId);

  signaling.on('session:ready', ({ directory, pending, blocked }) => {
    change({ directory, pending, blocked });
  });
  signaling.on('contact:pending', (pending) => {
    change({ pending });
  });
  signaling.on('contact:blocked', (person) => {
    change({ blocked: [...without(person.userId), person] });
  });
  signaling.on('contact:unblocked', ({ userId }) => {
    change({ blocked: without(userId) });
  });
};
