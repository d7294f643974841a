import type { Resident } from '../../testkit/server/add-residents.ts';
import type { Crowd } from './crowd.ts';

/** Measures how long each status change took to reach everybody. */
export interface FirstChanges {
  /** Must be called with all events of all phones. */
  onEvent(event: string): void;
  /**
   * Lets `changes` people choose a status in turn. Resolves to the milliseconds until the last contact heard of
   * each.
   */
  measure(
    crowd: Crowd,
    residents: readonly Resident[],
    about: { changes: number; contacts: number },
  ): Promise<number[]>;
}

export const createFirstChanges = (): FirstChanges => {
  const waiting = new Map<string, { left: number; done: (at: number) => void }>();
  return {
    onEvent(event) {
      if (waiting.size === 0 || !event.startsWith('["presence:changed"') || !event.includes('"away"')) return;
      const change = waiting.get(/"userId":"([^"]+)"/.exec(event)?.[1] ?? '');
      if (!change) return;
      change.left -= 1;
      if (change.left === 0) change.done(performance.now());
    },
    async measure({ phones }, residents, { changes, contacts }) {
      const took: number[] = [];
      for (let i = 0; i < changes; i += 1) {
        const index = Math.floor((i * residents.length) / changes);
        const [who, phone] = [residents[index], phones[index]];
        if (!who || !phone) continue;
        const { promise, resolve } = Promise.withResolvers<number>();
        waiting.set(who.userId, { left: contacts, done: resolve });
        const sent = performance.now();
        phone.send('presence:set', { status: 'away' });
        took.push((await promise) - sent);
        waiting.delete(who.userId);
      }
      return took;
    },
  };
};
