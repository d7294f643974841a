import { browserLocale } from '../../host/catalogue.ts';
import { t } from './messages.ts';

/**
 * The name of the local day that begins at `start`: today, yesterday, or its date, with the year if that is not the
 * current one. Both times are epoch milliseconds.
 */
export const dayText = (start: number, now: number, weekday: 'long' | 'short'): string => {
  const [day, today] = [new Date(start), new Date(now)];
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day.toDateString() === today.toDateString()) return t('today');
  if (day.toDateString() === yesterday.toDateString()) return t('yesterday');
  return day.toLocaleDateString(browserLocale(), {
    weekday,
    day: 'numeric',
    month: 'long',
    ...(day.getFullYear() !== today.getFullYear() && { year: 'numeric' }),
  });
};
