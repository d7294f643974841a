import { describe, expect, it } from 'vitest';
import { historyQuerySchema } from './history.ts';
import { LIMITS } from '../limits.ts';

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
  ])('%j is accepted: %s', (query, fits) => {
    expect(historyQuerySchema.safeParse(query).success).toBe(fits);
  });
});
