import { describe, expect, it } from 'vitest';
import { historyEntry } from '../../../../testkit/ui/history-entry.ts';
import { groupByDay } from './group-by-day.ts';

const at = (day: number, hour: number): number => new Date(2030, 4, day, hour, 30).getTime();

describe('groupByDay', () => {
  it('splits at local midnight, and keeps the order', () => {
    const entries = [at(9, 0), at(8, 23), at(8, 0), at(3, 12)].map((time) => historyEntry('Grace', time));
    expect(
      groupByDay(entries).map(({ start, entries: calls }) => [new Date(start).getDate(), calls.length]),
    ).toEqual([
      [9, 1],
      [8, 2],
      [3, 1],
    ]);
    expect(groupByDay(entries).flatMap((day) => day.entries)).toEqual(entries);
    expect(groupByDay([])).toEqual([]);
  });
});
