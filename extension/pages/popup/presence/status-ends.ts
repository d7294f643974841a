/** The choices for when a status or its text ends by itself. */
export type StatusEnd = '30-minutes' | '1-hour' | '4-hours' | 'today' | 'tomorrow' | 'never';

const MINUTE = 60_000;
/** "Until tomorrow" ends in the morning, in this device's time zone. */
const MORNING = 8;

const dayAfter = (now: number, hour: number): number => {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, hour).getTime() - now;
};

/** Milliseconds from now until the chosen end; undefined: it does not end. Days are local days. */
export const endsIn = (end: StatusEnd, now: number): number | undefined => {
  switch (end) {
    case '30-minutes':
      return 30 * MINUTE;
    case '1-hour':
      return 60 * MINUTE;
    case '4-hours':
      return 240 * MINUTE;
    case 'today':
      return dayAfter(now, 0);
    case 'tomorrow':
      return dayAfter(now, MORNING);
    case 'never':
      return undefined;
  }
};
