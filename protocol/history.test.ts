import { describe, expect, it } from 'vitest';
import { END_REASONS } from './call.ts';
import { historyQuerySchema, isMissed } from './history.ts';
import { LIMITS } from './limits.ts';

describe('isMissed', () => {
  it('counts what came in and was neither answered nor declined, and nothing that went out', () => {
    const missed = (direction: 'incoming' | 'outgoing') =>
      END_REASONS.filter((reason) => isMissed({ direction, reason }));
    expect(missed('incoming')).toEqual([
      'cancelled',
      'busy',
      'do-not-disturb',
      'no-answer',
      'unreachable',
      'server-error',
    ]);
    expect(missed('outgoing')).toEqual([]);
  });
});

describe('a query for a page', () => {
  it.each([
    [{ limit: 1 }, true],
    [{ limit: LIMITS.historyPage, before: 'MTgw.abc_-' }, true],
    [{ limit: 0 }, false],
    [{ limit: LIMITS.historyPage + 1 }, false],
    [{ limit: 1.5 }, false],
    [{ limit: 10, before: '' }, false],
    [{ limit: 10, before: "' or 1=1" }, false],
    [{ limit: 10, before: 'x'.repeat(65) }, false],
    [{ limit: 10, after: 'x' }, false],
  ])('%j is taken: %s', (query, fits) => {
    expect(historyQuerySchema.safeParse(query).success).toBe(fits);
  });
});
