import { beforeAll, describe, expect, it } from 'vitest';
import { END_REASONS, type EndReason } from '../../../../protocol/calls/call.ts';
import type { Direction } from '../../../../protocol/history/history.ts';
import { historyEntry } from '../../../../testkit/ui/history-entry.ts';
import { fakeMessages } from '../../../../testkit/ui/fake-messages.ts';
import { outcomeText } from './outcome-text.ts';

beforeAll(fakeMessages);

const text = (direction: Direction, reason: EndReason, duration: number | null = null): string =>
  outcomeText({ ...historyEntry('Grace'), direction, reason, duration });

describe('outcomeText', () => {
  it('has words for every end reason, from both sides', () => {
    for (const reason of END_REASONS) {
      for (const direction of ['outgoing', 'incoming'] as const) {
        expect(text(direction, reason), `${direction} ${reason}`).toMatch(/^[A-Z]/);
      }
    }
  });

  it('says who called whom, and whether they talked', () => {
    expect(text('outgoing', 'hung-up', 5_000)).toBe('Outgoing');
    expect(text('incoming', 'hung-up', 5_000)).toBe('Incoming');
    expect(text('outgoing', 'hung-up')).toBe('Did not connect');
    expect(text('incoming', 'connection-lost', 5_000)).toBe('Connection lost');
  });

  it('differs between the two sides of the same end', () => {
    expect(text('outgoing', 'no-answer')).toBe('No answer');
    expect(text('incoming', 'no-answer')).toBe('Missed');
    expect(text('incoming', 'cancelled')).toBe('Missed');
    expect(text('incoming', 'unreachable')).toBe('Missed while offline');
    expect(text('outgoing', 'declined')).toBe('Was declined');
    expect(text('incoming', 'declined')).toBe('Declined');
  });
});
