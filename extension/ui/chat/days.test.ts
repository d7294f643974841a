import { expect, it } from 'vitest';
import type { Message } from '../../../protocol/chat/message.ts';
import { toDays } from './days.ts';

const at = (year: number, month: number, day: number, hour: number): number =>
  new Date(year, month - 1, day, hour).getTime();
const message = (time: number): Message => ({
  id: String(time),
  from: 'ada',
  at: time,
  text: 'x',
  mark: 'sent',
});

it('groups messages by the days of the person’s own clock', () => {
  const times = [at(2030, 3, 30, 23), at(2030, 3, 31, 0), at(2030, 3, 31, 23), at(2030, 4, 1, 1)];
  expect(toDays(times.map(message)).map(({ messages }) => messages.length)).toEqual([1, 2, 1]);
  expect(toDays([])).toEqual([]);
});
