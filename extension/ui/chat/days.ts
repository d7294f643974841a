import type { Message } from '../../../protocol/chat/message.ts';

/** The messages of one day in local time. */
export interface Day {
  /** The beginning of the day, in epoch milliseconds. */
  start: number;
  messages: Message[];
}

/** Local midnight before a time. */
const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** Groups messages by day; the input is sorted, oldest first. */
export const toDays = (messages: readonly Message[]): Day[] => {
  const days: Day[] = [];
  for (const message of messages) {
    const start = midnight(message.at);
    const last = days.at(-1);
    if (last?.start === start) last.messages.push(message);
    else days.push({ start, messages: [message] });
  }
  return days;
};

/** The name of a day: today or yesterday in the texts' language, or its date as `locale` writes it. */
export const dayName = (start: number, now: number, language: string, locale = language): string => {
  // Rounded, because a day may have 23 or 25 hours.
  const ago = Math.round((midnight(now) - start) / 86_400_000);
  if (ago === 0 || ago === 1) {
    const name = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-ago, 'day');
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
  }
  const sameYear = new Date(start).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    ...(!sameYear && { year: 'numeric' }),
  }).format(start);
};
