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
