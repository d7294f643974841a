import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { MemoryBrowser } from '../../testkit/ipc/memory-runtime.ts';
import { publishSnapshots } from './publishing.ts';
import type { Snapshot } from './snapshot.ts';
import { createSubscribe } from './subscribing.ts';
import { deviceLists } from '../media/device-lists.ts';

const SNAPSHOT: Snapshot = {
  session: { kind: 'starting' },
  contacts: [],
  people: { directory: 'everyone', pending: { incoming: [], outgoing: [], code: null }, blocked: [] },
  incoming: [],
  waitingCalls: 0,
  elsewhere: null,
  privacy: null,
  call: null,
  settings: {
    ringtoneVolume: 0.5,
    ringtoneSilent: false,
    devices: { microphone: null, camera: null, speaker: null, ringer: null },
  },
  history: { missed: null, revision: 0 },
  permissions: { microphone: 'prompt', camera: 'prompt' },
  devices: deviceLists([]),
  conversations: [],
  unread: [],
  namesakes: [],
  wantedConversation: null,
};

const setUp = () => {
  const browser = new MemoryBrowser();
  const makePhone = () => {
    const runtime = browser.context();
    let tell: (changed: Partial<Snapshot>) => void = () => undefined;
    publishSnapshots(runtime, {
      current: SNAPSHOT,
      subscribe: (listener) => {
        tell = listener;
      },
    });
    return {
      runtime,
      tell: (changed: Partial<Snapshot>) => {
        tell(changed);
      },
    };
  };
  const subscribe = (wake: () => Promise<void> = () => Promise.resolve(), sender = {}) => {
    const controller = new AbortController();
    onTestFinished(() => {
      controller.abort();
    });
    const heard: Partial<Snapshot>[] = [];
    createSubscribe({ runtime: browser.context(sender), wake })(
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
  it('come whole at once, and then as they change', async () => {
    const { makePhone, subscribe } = setUp();
    const phone = makePhone();
    const { heard } = subscribe();
    await vi.waitFor(() => {
      expect(heard).toEqual([SNAPSHOT]);
    });
    phone.tell({ contacts: [] });
    await vi.waitFor(() => {
      expect(heard).toEqual([SNAPSHOT, { contacts: [] }]);
    });
  });

  it('come again, whole, when the phone was lost', async () => {
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

  it('make the phone when there is none, and keep trying', async () => {
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

  it('stop when nobody looks any more', async () => {
    const { makePhone, subscribe } = setUp();
    const phone = makePhone();
    const { heard, stop } = subscribe();
    await vi.waitFor(() => {
      expect(heard).toHaveLength(1);
    });
    stop();
    phone.tell({ call: null });
    await Promise.resolve();
    expect(heard).toHaveLength(1);
  });

  it('are not for web pages', async () => {
    const { makePhone, subscribe } = setUp();
    makePhone();
    const { heard } = subscribe(undefined, { url: 'https://example.org/' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toEqual([]);
  });
});
