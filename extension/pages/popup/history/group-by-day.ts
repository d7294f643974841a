import type { HistoryEntry } from '../../../../protocol/history/history.ts';

/** The calls of one day. */
export interface Day {
  /** The start of the day in local time, in epoch milliseconds. */
  start: number;
  entries: HistoryEntry[];
}

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** Groups calls by the local day on which they were placed, and keeps their order. */
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
