import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TIMES } from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/chat/message.ts';
import { OpenConversations } from './open-conversations.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const messages = (...times: number[]): Message[] =>
  times.map((at) => ({ id: String(at), from: 'ada', at, text: String(at), mark: 'sent' }));

const setUp = () => {
  const open = new OpenConversations(() => undefined);
  open.open('ada');
  const view = () => open.view(() => ({ unsent: [], sendsAgainAt: null }))[0];
  const times = () => view()?.messages.map(({ at }) => at);
  return { open, view, times };
};

describe('OpenConversations', () => {
  it('joins pages, and knows whether there is more', () => {
    const { open, view, times } = setUp();
    open.newest('ada', { messages: messages(5, 6), more: true });
    open.earlier('ada', { messages: messages(3, 4), more: false });
    expect([times(), view()?.more]).toEqual([[3, 4, 5, 6], false]);
    open.newest('ada', { messages: messages(5, 6, 7), more: true });
    expect([times(), view()?.more]).toEqual([[3, 4, 5, 6, 7], false]);
  });

  it('does not hide a gap after a long absence', () => {
    const { open, view, times } = setUp();
    open.newest('ada', { messages: messages(1, 2), more: false });
    open.newest('ada', { messages: messages(8, 9), more: true });
    expect([times(), view()?.more]).toEqual([[8, 9], true]);
  });

  it('takes messages for those that are open only', () => {
    const { open, times } = setUp();
    for (const message of messages(1)) open.add('ada', message);
    for (const message of messages(2)) open.add('eve', message);
    expect(times()).toEqual([1]);
    expect(open.userIds).toEqual(['ada']);
  });

  it('keeps the few that were opened last', () => {
    const { open } = setUp();
    for (const userId of ['b', 'c', 'ada', 'd', 'e']) open.open(userId);
    expect(open.userIds).toEqual(['c', 'ada', 'd', 'e']);
  });

  it('lets a typing hint expire, later when it is repeated, and sooner when it is taken back', () => {
    const { open, view } = setUp();
    open.typing('ada', true);
    vi.advanceTimersByTime(TIMES.typing - 1);
    open.typing('ada', true);
    vi.advanceTimersByTime(TIMES.typing - 1);
    expect(view()?.typing).toBe(true);
    vi.advanceTimersByTime(1);
    expect(view()?.typing).toBe(false);
    open.typing('ada', true);
    open.typing('ada', false);
    expect(view()?.typing).toBe(false);
  });
});
