import { describe, expect, it, vi } from 'vitest';
import { AT_START, type Snapshot } from '../ipc/slices.ts';
import { SnapshotStore } from './snapshot-store.ts';

const setUp = () => {
  const store = new SnapshotStore(AT_START);
  const told: Partial<Snapshot>[] = [];
  store.subscribe((changed) => told.push(changed));
  return { store, told };
};

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('SnapshotStore', () => {
  it('tells the changes of one turn together', async () => {
    const { store, told } = setUp();
    const incoming: Snapshot['incoming'] = [];
    const contacts: Snapshot['contacts'] = [];
    store.update({ contacts });
    store.update({ incoming });
    expect(told).toEqual([]);
    expect(store.current.contacts).toBe(contacts);
    await turn();
    expect(told).toEqual([{ contacts, incoming }]);
  });

  it('tells only slices that differ', async () => {
    const { store, told } = setUp();
    store.update({ contacts: AT_START.contacts, settings: { ...AT_START.settings } });
    await turn();
    expect(told.map((changed) => Object.keys(changed))).toEqual([['settings']]);
  });

  it('tells nothing when all is as it was', async () => {
    const { store, told } = setUp();
    store.update({ call: null });
    store.update({ settings: { ...AT_START.settings } });
    store.update({ settings: AT_START.settings });
    await turn();
    expect(told).toEqual([]);
  });

  it('tells nothing while it is quiet, then everything at once; what is new is there all the time', async () => {
    vi.useFakeTimers();
    try {
      const { store, told } = setUp();
      const [incoming, contacts]: [Snapshot['incoming'], Snapshot['contacts']] = [[], []];
      store.update({ incoming });
      store.quiet(100);
      await vi.advanceTimersByTimeAsync(99);
      store.update({ contacts });
      expect(store.current.contacts).toBe(contacts);
      expect(told).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(told).toEqual([{ contacts, incoming }]);
      store.update({ contacts: [] });
      await vi.advanceTimersByTimeAsync(0);
      expect(told).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });
});
