import { beforeAll, expect, it } from 'vitest';
import { fakeBrowserIn, fakeMessages } from '../../../testkit/ui/fake-messages.ts';
import { timeText } from './time-text.ts';

beforeAll(fakeMessages);

const now = new Date(2030, 5, 15, 14).getTime();

it('is the time for today, with the weekday for other days', () => {
  expect(timeText(new Date(2030, 5, 15, 14, 30).getTime(), now)).toMatch(/^2:30\sPM$/);
  expect(timeText(new Date(2030, 5, 16, 8).getTime(), now)).toMatch(/^Sunday (at )?8:00\sAM$/);
});

it.each([
  ['de', '14:30'],
  ['en-GB', '14:30'],
])('is written as in a browser in %s', (locale, text) => {
  fakeBrowserIn(locale);
  expect(timeText(new Date(2030, 5, 15, 14, 30).getTime(), now)).toBe(text);
  fakeMessages();
});
