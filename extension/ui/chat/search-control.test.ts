import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FoundMessage } from '../../../protocol/chat/message.ts';
import { SearchControl } from './search-control.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const found = (text: string): FoundMessage => ({
  userId: 'grace',
  message: { id: text, from: 'grace', at: 1, text, mark: 'read' },
});

describe('SearchControl', () => {
  it('asks once typing pauses, and never for an empty query', async () => {
    const asked: string[] = [];
    const search = new SearchControl((query) => {
      asked.push(query);
      return Promise.resolve({ ok: true, found: [found('hello')], more: true });
    });
    for (const typed of ['h', 'he', 'hel']) search.ask(typed);
    await vi.runAllTimersAsync();
    expect(asked).toEqual(['hel']);
    expect([search.found.length, search.more, search.nothing]).toEqual([1, true, false]);
    search.ask('  ');
    await vi.runAllTimersAsync();
    expect(asked).toEqual(['hel']);
    expect(search.found).toEqual([]);
  });

  it('drops an answer to an outdated query', async () => {
    const answers: ((text: string) => void)[] = [];
    const search = new SearchControl(
      () =>
        new Promise((resolve) => {
          answers.push((text) => {
            resolve({ ok: true, found: [found(text)], more: false });
          });
        }),
    );
    search.ask('old');
    await vi.runAllTimersAsync();
    search.ask('new');
    await vi.runAllTimersAsync();
    answers[1]?.('new');
    answers[0]?.('old');
    await vi.runAllTimersAsync();
    expect(search.found.map(({ message }) => message.text)).toEqual(['new']);
  });

  it('shows that nothing was found, and what went wrong', async () => {
    const search = new SearchControl((query) =>
      Promise.resolve(
        query === 'x' ? { ok: true, found: [], more: false } : { ok: false, code: 'rate-limited' },
      ),
    );
    search.ask('x');
    await vi.runAllTimersAsync();
    expect(search.nothing).toBe(true);
    search.ask('xy');
    await vi.runAllTimersAsync();
    expect([search.nothing, search.problem]).toEqual([false, 'rate-limited']);
  });
});
