import { beforeAll, expect, it } from 'vitest';
import { sinceText } from './since-text.ts';
import { fakeMessages } from '../../../testkit/ui/fake-messages.ts';

beforeAll(fakeMessages);

const NOW = Date.UTC(2030, 5, 15);
const HOUR = 3_600_000;

it.each([
  [0, '1 minute ago'],
  [59 * 60_000, '59 minutes ago'],
  [HOUR, '1 hour ago'],
  [23.9 * HOUR, '23 hours ago'],
  [24 * HOUR, '1 day ago'],
  [29 * 24 * HOUR, '29 days ago'],
  [31 * 24 * HOUR, '1 month ago'],
  [400 * 24 * HOUR, '1 year ago'],
])('%i ms ago is %s', (passed, text) => {
  expect(sinceText(NOW - passed, NOW)).toBe(text);
});

it('is short where there is little room', () => {
  expect(sinceText(NOW - 5 * 60_000, NOW, 'narrow')).toBe('5m ago');
});

it('treats a future time, from a wrong clock, as now', () => {
  expect(sinceText(NOW + HOUR, NOW)).toBe('1 minute ago');
});
