import { browserLocale } from '../../../host/catalogue.ts';
import { t } from '../../../ui/i18n/messages.ts';

/** The name of a day: today, yesterday, or its date, with the year if that is not the current year. */
export const dayText = (start: number, now: number): string => {
  const [day, today] = [new Date(start), new Date(now)];
  const daysAgo = (count: number): string => {
    const then = new Date(now);
    then.setDate(then.getDate() - count);
    return then.toDateString();
  };
  if (day.toDateString() === daysAgo(0)) return t('today');
  if (day.toDateString() === daysAgo(1)) return t('yesterday');
  return day.toLocaleDateString(browserLocale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(day.getFullYear() !== today.getFullYear() && { year: 'numeric' }),
  });
};
