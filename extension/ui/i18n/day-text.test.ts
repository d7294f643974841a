import { beforeAll, expect, it } from 'vitest';
import { fakeBrowserIn, fakeMessages } from '../../../testkit/ui/fake-messages.ts';
import { dayText } from './day-text.ts';

beforeAll(fakeMessages);

const midnight = (year: number, month: number, day: number): number =>
  new Date(year, month - 1, day).getTime();
const now = new Date(2030, 0, 1, 0, 20).getTime();

it('names today and yesterday, and gives the date of other days', () => {
  expect(dayText(midnight(2030, 1, 1), now, 'long')).toBe('Today');
  expect(dayText(midnight(2029, 12, 31), now, 'long')).toBe('Yesterday');
  expect(dayText(midnight(2029, 12, 30), now, 'long')).toBe('Sunday, December 30, 2029');
  expect(dayText(midnight(2030, 1, 1), midnight(2030, 3, 1), 'long')).toBe('Tuesday, January 1');
  expect(dayText(midnight(2030, 1, 1), midnight(2030, 3, 1), 'short')).toBe('Tue, January 1');
});

it.each([
  ['en-GB', /^Tue,? 1 January$/],
  ['zh-CN', /^1月1日周二$/],
])(
  'writes the date as a browser in %s does, and names near days in the language of the texts',
  (locale, date) => {
    fakeBrowserIn(locale);
    expect(dayText(midnight(2030, 1, 1), midnight(2030, 3, 1), 'short')).toMatch(date);
    expect(dayText(midnight(2029, 12, 31), now, 'short')).toBe('Yesterday');
    fakeMessages();
  },
);
