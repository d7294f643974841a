import type { HistoryEntry } from '../../../../protocol/history/history.ts';

/** The calls of one day. */
export interface Day {
  /** The start of the day here, in epoch milliseconds. */
  start: number;
  entries: HistoryEntry[];
}

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** Calls, in the order they come in, by the day on which they were placed in this time zone. */
export const groupByDay = (entries: readonly HistoryEntry[]): Day[] => {
  const days: Day[] = [];
  for (const entry of entries) {
    const start = startOfDay(entry.placedAt);
    const last = days.at(-1);
    if (last?.start === start) last.entries.push(entry);
    else days.push({ start, entries: [entry] });
  }
  return days;
};
