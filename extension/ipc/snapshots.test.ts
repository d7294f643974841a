import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { MemoryBrowser } from '../../testkit/ipc/memory-runtime.ts';
import { contact } from '../../testkit/ui/contact.ts';
import { withPresence } from '../phone/people/contact-list.ts';
import { SnapshotStore } from '../phone/snapshot-store.ts';
import { publishSnapshots } from './publishing.ts';
import { AT_START, slicesOf, type Snapshot, type View } from './slices.ts';
import { createSubscribe } from './subscribing.ts';

/** The first message to a page while the phone knows nothing. */
const firstOf = (view: View): Partial<Snapshot> =>
  Object.fromEntries(slicesOf(view).map((name) => [name, AT_START[name]]));
const SNAPSHOT = firstOf('popup');

const setUp = () => {
  const browser = new MemoryBrowser();
  const makePhone = (contacts: Snapshot['contacts'] = []) => {
    const runtime = browser.context();
    const store = new SnapshotStore({ ...AT_START, contacts });
    /** The sizes of all messages to pages. */
    const sizes: number[] = [];
    runtime.onConnect.addListener((port) => {
      const post = port.postMessage.bind(port);
      port.postMessage = (message) => {
        sizes.push(JSON.stringify(message).length);
        post(message);
      };
    });
    publishSnapshots(runtime, store);
    return { runtime, store, sizes };
  };
  const subscribe = (
    wake: () => Promise<void> = () => Promise.resolve(),
    { view = 'popup', sender = {} }: { view?: View; sender?: object } = {},
  ) => {
    const controller = new AbortController();
    onTestFinished(() => {
      controller.abort();
    });
    const heard: Partial<Snapshot>[] = [];
    createSubscribe({ runtime: browser.context(sender), wake })(
      view,
      (slices) => heard.push(slices),
      controller.signal,
    );
    return {
      heard,
      stop: () => {
        controller.abort();
      },
    };
  };
  return { makePhone, subscribe };
};

describe('snapshots', () => {
  it('come whole at first, and then as changes', async () => {
    const { makePhone, subscribe } = setUp();
    const phone = makePhone();
    const { heard } = subscribe();
    await vi.waitFor(() => {
      expect(heard).toEqual([SNAPSHOT]);
    });
    const ann = contact('Ann');
    phone.store.update({ contacts: [ann] });
    await vi.waitFor(() => {
      expect(heard).toEqual([SNAPSHOT, { contacts: [ann] }]);
    });
  });

  it('are only those that the page shows', async () => {
    const { makePhone, subscribe } = setUp();
    const phone = makePhone();
    const [popup, window] = [subscribe(), subscribe(undefined, { view: 'call-window' })];
    await vi.waitFor(() => {
      expect(window.heard).toEqual([firstOf('call-window')]);
    });
    phone.store.update({
      contacts: [contact('Ann')],
      permissions: { microphone: 'denied', camera: 'prompt' },
    });
    await vi.waitFor(() => {
      expect(popup.heard.map((slices) => Object.keys(slices)).slice(1)).toEqual([['contacts']]);
    });
    expect(window.heard).toHaveLength(1);
    expect(window.heard[0]).not.toHaveProperty('contacts');
  });

  it('take at most 1 KB for one change of presence among 5,000 contacts, and leave the others as they are', async () => {
    const { makePhone, subscribe } = setUp();
    const contacts = Array.from({ length: 5_000 }, (_, i) => contact(`Person ${String(i)}`));
    const { store, sizes } = makePhone(contacts);
    const { heard } = subscribe();
    await vi.waitFor(() => {
      expect(heard).toHaveLength(1);
    });
    store.update({ contacts: withPresence(contacts, { userId: 'user-Person 17', status: 'away', v: 2 }) });
    await vi.waitFor(() => {
      expect(heard).toHaveLength(2);
    });
    expect(sizes[1]).toBeLessThanOrEqual(1_024);
    const [before, now] = heard.map((slices) => slices.contacts ?? []);
    expect(now).toHaveLength(5_000);
    expect(now?.flatMap((entry, i) => (entry === before?.[i] ? [] : [[i, entry.status]]))).toEqual([
      [17, 'away'],
    ]);
  });

  it('come whole again after the phone was lost', async () => {
    const { makePhone, subscribe } = setUp();
    const first = makePhone();
    const wake = vi.fn(() => {
      makePhone();
      return Promise.resolve();
    });
    const { heard } = subscribe(wake);
    await vi.waitFor(() => {
      expect(heard).toHaveLength(1);
    });
    first.runtime.destroy();
    await vi.waitFor(() => {
      expect(heard).toEqual([SNAPSHOT, SNAPSHOT]);
    });
    expect(wake).toHaveBeenCalledOnce();
  });

  it('start the phone if there is none, and keep trying', async () => {
    const { makePhone, subscribe } = setUp();
    const wake = vi
      .fn()
      .mockRejectedValueOnce(new Error('not yet'))
      .mockImplementation(() => {
        makePhone();
        return Promise.resolve();
      });
    const { heard } = subscribe(wake);
    await vi.waitFor(() => {
      expect(heard).toEqual([SNAPSHOT]);
    });
    expect(wake).toHaveBeenCalledTimes(2);
  });

  it('stop when the page no longer listens', async () => {
    const { makePhone, subscribe } = setUp();
    const phone = makePhone();
    const { heard, stop } = subscribe();
    await vi.waitFor(() => {
      expect(heard).toHaveLength(1);
    });
    stop();
    phone.store.update({ waitingCalls: 1 });
    await Promise.resolve();
    expect(heard).toHaveLength(1);
  });

  it('are not sent to web pages', async () => {
    const { makePhone, subscribe } = setUp();
    makePhone();
    const { heard } = subscribe(undefined, { sender: { url: 'https://example.org/' } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toEqual([]);
  });
});
