import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { Outbox } from './outbox.ts';
import type { StoredUnsent } from './stored-messages.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Answer =
  { ok: true; at: number } | { ok: false; code: Exclude<ErrorCode, 'glare'>; retryAfter?: number };

const unsent = (id: string, to = 'grace'): StoredUnsent => ({ id, to, text: id, at: 0, problem: null });

const setUp = () => {
  const sent: string[] = [];
  const taken: string[] = [];
  const waiting = new Map<string, (answer: Answer) => void>();
  let signedIn = true;
  const outbox = new Outbox({
    send: ({ id }) => {
      if (!signedIn) return null;
      sent.push(id);
      return new Promise((resolve) => {
        waiting.set(id, resolve);
      });
    },
    onTaken: ({ id }) => taken.push(id),
    onChange: () => undefined,
  });
  const answer = async (id: string, with_: Answer = { ok: true, at: 1 }): Promise<void> => {
    waiting.get(id)?.(with_);
    await vi.advanceTimersByTimeAsync(0);
  };
  return {
    outbox,
    sent,
    taken,
    answer,
    setSignedIn: (is: boolean) => {
      signedIn = is;
    },
  };
};

describe('Outbox', () => {
  it('sends to each person one after the other, and to several side by side', async () => {
    const { outbox, sent, taken, answer } = setUp();
    for (const message of [unsent('1'), unsent('2'), unsent('a', 'ada')]) outbox.add(message);
    expect(sent).toEqual(['1', 'a']);
    await answer('1');
    expect(sent).toEqual(['1', 'a', '2']);
    await answer('2');
    await answer('a');
    expect(taken).toEqual(['1', '2', 'a']);
    expect(outbox.all).toEqual([]);
  });

  it('keeps what is refused for the person, and goes on with the next', async () => {
    const { outbox, sent, answer } = setUp();
    outbox.add(unsent('1'));
    outbox.add(unsent('2'));
    await answer('1', { ok: false, code: 'not-allowed' });
    await answer('2');
    expect(outbox.all).toMatchObject([{ id: '1', problem: 'not-allowed' }]);
    expect(outbox.retry('1')).toBe(true);
    expect(sent).toEqual(['1', '2', '1']);
    await answer('1', { ok: false, code: 'not-allowed' });
    expect(outbox.discard('1')).toBe(true);
    expect(outbox.retry('1')).toBe(false);
    expect(outbox.all).toEqual([]);
  });

  it('tries again by itself after a refusal that passes, in order', async () => {
    const { outbox, sent, answer } = setUp();
    outbox.add(unsent('1'));
    outbox.add(unsent('2'));
    await answer('1', { ok: false, code: 'rate-limited' });
    expect(sent).toEqual(['1']);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(sent).toEqual(['1', '1']);
    await answer('1');
    expect(sent).toEqual(['1', '1', '2']);
  });

  it('waits for everybody as long as the server says, and tells until when', async () => {
    const { outbox, sent, taken, answer } = setUp();
    const now = Date.now();
    outbox.add(unsent('1'));
    await answer('1', { ok: false, code: 'rate-limited', retryAfter: 7200 });
    expect(outbox.sendsAgainAt).toBe(now + 7_200_000);
    outbox.add(unsent('2'));
    outbox.add(unsent('a', 'ada'));
    outbox.resume();
    await vi.advanceTimersByTimeAsync(7_199_999);
    expect(sent).toEqual(['1']);
    await vi.advanceTimersByTimeAsync(1);
    expect(outbox.sendsAgainAt).toBe(null);
    expect(sent).toEqual(['1', '1', 'a']);
    for (const id of ['1', '2', 'a']) await answer(id);
    expect(taken).toEqual(['1', '2', 'a']);
  });

  it('does not shorten a long wait by a short one, nor keeps another person who signs in waiting', async () => {
    const { outbox, sent, answer } = setUp();
    outbox.add(unsent('1'));
    outbox.add(unsent('a', 'ada'));
    await answer('1', { ok: false, code: 'rate-limited', retryAfter: 600 });
    await answer('a', { ok: false, code: 'unavailable' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(sent).toEqual(['1', 'a']);
    outbox.reset([unsent('other')]);
    expect(sent).toEqual(['1', 'a', 'other']);
  });

  it('names no time when the wait is short', async () => {
    const { outbox, sent, answer } = setUp();
    outbox.add(unsent('1'));
    await answer('1', { ok: false, code: 'rate-limited', retryAfter: 20 });
    expect(outbox.sendsAgainAt).toBe(null);
    await vi.advanceTimersByTimeAsync(19_999);
    expect(sent).toEqual(['1']);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(['1', '1']);
  });

  it('goes on at the connection after a sleep that outlasted the wait', async () => {
    const { outbox, sent, answer } = setUp();
    outbox.add(unsent('1'));
    await answer('1', { ok: false, code: 'rate-limited', retryAfter: 7200 });
    // Timers stand still while the computer sleeps; its clock does not.
    vi.setSystemTime(Date.now() + 7_200_000);
    outbox.resume();
    expect(sent).toEqual(['1', '1']);
  });

  it('waits while nobody is signed in, and goes on when told', async () => {
    const { outbox, sent, setSignedIn } = setUp();
    setSignedIn(false);
    outbox.add(unsent('1'));
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([]);
    setSignedIn(true);
    outbox.resume();
    expect(sent).toEqual(['1']);
  });

  it('sends what an earlier life of the phone has left, and forgets what another person left', async () => {
    const { outbox, sent, taken, answer } = setUp();
    outbox.reset([unsent('left')]);
    expect(sent).toEqual(['left']);
    outbox.reset([unsent('other')]);
    await answer('left');
    expect(taken).toEqual([]);
    expect(sent).toEqual(['left', 'other']);
  });
});
