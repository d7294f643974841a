import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Message } from '../../../protocol/chat/message.ts';
import type { ServerPayload } from '../../../protocol/events.ts';
import { contact } from '../../../testkit/ui/contact.ts';
import { AT_START, type Snapshot } from '../../ipc/slices.ts';
import type { Signaling } from '../connection/signaling.ts';
import { SnapshotStore } from '../snapshot-store.ts';
import { Messages } from './messages.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const [ada, bob] = [contact('Ada'), contact('Bob')];

/** Two conversations are open, with nothing in them. */
const setUp = async ({ answers = true } = {}) => {
  const store = new SnapshotStore({ ...AT_START, contacts: [ada, bob] });
  const update = vi.spyOn(store, 'update');
  const told: Partial<Snapshot>[] = [];
  const announced = vi.fn();
  const requests: string[] = [];
  let receive: (payload: ServerPayload<'message:new'>) => void = () => undefined;
  const signaling = {
    on: (name: string, listener: typeof receive) => {
      if (name === 'message:new') receive = listener;
    },
    online: true,
    request: (event: string) => {
      requests.push(event);
      return answers ? Promise.resolve({ ok: true }) : new Promise<never>(() => undefined);
    },
  };
  const messages = new Messages({
    // What messages ask of a connection; the rest of it needs a server.
    signaling: () => signaling as unknown as Signaling,
    ask: () => Promise.resolve({ ok: false, code: 'unavailable' }),
    database: {
      get: () => Promise.resolve(undefined),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(),
    },
    store,
    onAnnounced: announced,
    log: () => undefined,
  });
  messages.attach(signaling as unknown as Signaling);
  messages.open(ada.userId);
  messages.open(bob.userId);
  await vi.advanceTimersByTimeAsync(0);
  update.mockClear();
  store.subscribe((changed) => told.push(changed));
  return {
    messages,
    store,
    update,
    told,
    announced,
    requests,
    receive: (message: Message) => {
      receive({ userId: message.from, message });
    },
  };
};

it('updates one conversation once for a message that comes, and later nothing that pages show', async () => {
  const { store, update, told, receive, announced } = await setUp();
  const before = store.current.conversations;
  receive({ id: 'm1', from: ada.userId, at: 1, text: 'Lunch?', mark: 'sent' });
  await vi.advanceTimersByTimeAsync(0);
  expect(update).toHaveBeenCalledOnce();
  expect(told.map((changed) => Object.keys(changed))).toEqual([['conversations', 'unread']]);
  const now = store.current.conversations;
  expect(now.map(({ messages }) => messages.length)).toEqual([1, 0]);
  expect(now[1]).toBe(before[1]);

  // A notification tells of it, which is for the worker alone.
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told.slice(1)).toEqual([{ announced: [{ userId: ada.userId, at: 1 }] }]);
  expect(announced).toHaveBeenCalledOnce();
  expect(store.current.conversations).toBe(now);
});

it('counts what signing out would lose', async () => {
  const { messages } = await setUp({ answers: false });
  messages.draft(bob.userId, 'half a');
  for (const text of ['one', 'two', 'three']) messages.send(ada.userId, text);
  expect(await messages.countUnsent(ada.userId)).toEqual({ messages: 3, drafts: 1 });
});

const fromAda = (at: number): Message => ({
  id: `m${String(at)}`,
  from: ada.userId,
  at,
  text: 'Hi',
  mark: 'sent',
});

it('announces each of three messages that come some seconds apart, and a flurry once', async () => {
  const { store, receive, announced } = await setUp();
  const announcements: number[] = [];
  announced.mockImplementation(() => announcements.push(store.current.unread[0]?.count ?? 0));
  for (const at of [1, 2, 3]) {
    receive(fromAda(at));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(store.current.announced).toEqual([{ userId: ada.userId, at }]);
  }
  expect(announcements).toEqual([1, 2, 3]);
  for (let at = 4; at < 24; at += 1) {
    receive(fromAda(at));
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(announcements).toEqual([1, 2, 3, 23]);
});

it('announces nothing that was read in time', async () => {
  const { messages, store, receive, announced } = await setUp();
  receive(fromAda(1));
  messages.read({ userId: ada.userId, at: 1 });
  await vi.advanceTimersByTimeAsync(5_000);
  expect([announced.mock.calls, store.current.announced]).toEqual([[], []]);
});

it('sends a quick reply beside a draft, which stays; a draft that is sent goes', async () => {
  const { messages } = await setUp();
  messages.draft(ada.userId, ' Half a thou', true);
  messages.send(ada.userId, 'Can’t talk now');
  expect(messages.draftTo(ada.userId)).toBe(' Half a thou');
  messages.send(ada.userId, ' Half a thou');
  expect(messages.draftTo(ada.userId)).toBe('');
});

it('tells nobody of what is typed while they ring', async () => {
  const { messages, requests } = await setUp();
  messages.draft(ada.userId, 'I will', true);
  expect(requests).not.toContain('message:typing');
  messages.draft(ada.userId, 'I will call', false);
  expect(requests).toContain('message:typing');
});
