import { beforeAll, describe, expect, it } from 'vitest';
import { fakeMessages } from '../../../../testkit/ui/fake-messages.ts';
import { dayText } from './day-text.ts';

beforeAll(fakeMessages);

const midnight = (year: number, month: number, day: number): number =>
  new Date(year, month - 1, day).getTime();
const now = new Date(2030, 0, 1, 0, 20).getTime();

describe('dayText', () => {
  it('names today and yesterday, and gives the date of other days', () => {
    expect(dayText(midnight(2030, 1, 1), now)).toBe('Today');
    expect(dayText(midnight(2029, 12, 31), now)).toBe('Yesterday');
    expect(dayText(midnight(2029, 12, 30), now)).toBe('Sunday, December 30, 2029');
    expect(dayText(midnight(2030, 1, 1), midnight(2030, 3, 1))).toBe('Tuesday, January 1');
  });
});
