import { describe, expect, it } from 'vitest';
import type { Message } from '../../../protocol/chat/message.ts';
import { dayName, toDays } from './days.ts';

const at = (year: number, month: number, day: number, hour = 12): number =>
  new Date(year, month - 1, day, hour).getTime();
const message = (time: number): Message => ({
  id: String(time),
  from: 'ada',
  at: time,
  text: 'x',
  mark: 'sent',
});

describe('days', () => {
  it('are days of the person’s own clock', () => {
    const times = [at(2030, 3, 30, 23), at(2030, 3, 31, 0), at(2030, 3, 31, 23), at(2030, 4, 1, 1)];
    expect(toDays(times.map(message)).map(({ messages }) => messages.length)).toEqual([1, 2, 1]);
    expect(toDays([])).toEqual([]);
  });

  it.each([
    ['en', at(2030, 4, 1, 0), 'Today'],
    ['en', at(2030, 3, 31, 0), 'Yesterday'],
    ['en', at(2030, 3, 30, 0), 'Sat, March 30'],
    ['en', at(2029, 12, 31, 0), 'Mon, December 31, 2029'],
    ['zh-CN', at(2030, 3, 31, 0), '昨天'],
    ['zh-CN', at(2030, 3, 30, 0), '3月30日周六'],
  ])('have a name in %s', (language, start, name) => {
    expect(dayName(start, at(2030, 4, 1), language)).toBe(name);
  });
});

it('writes the date as the browser does, and names near days in the language of the texts', () => {
  expect(dayName(at(2030, 3, 30, 0), at(2030, 4, 1), 'en', 'en-GB')).toMatch(/^Sat,? 30 March$/);
  expect(dayName(at(2030, 3, 31, 0), at(2030, 4, 1), 'en', 'de')).toBe('Yesterday');
});
