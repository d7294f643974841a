import { browserLocale } from '../../host/catalogue.ts';

/**
 * The time of day, with the weekday unless it is today; for times within the next days. Both are epoch
 * milliseconds.
 */
export const timeText = (at: number, now: number): string => {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const time = { hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(browserLocale(), isToday ? time : { weekday: 'long', ...time }).format(at);
};
