import { beforeAll, expect, it } from 'vitest';
import catalogue from '../../_locales/en/messages.json';
import { t, type NameKey } from '../i18n/messages.ts';
import { fakeMessages } from '../../../testkit/ui/fake-messages.ts';

beforeAll(fakeMessages);

const isNameKey = (key: string): key is NameKey => {
  const entry: object | undefined = Object.entries(catalogue).find(([each]) => each === key)?.[1];
  if (entry === undefined || !('placeholders' in entry)) return false;
  return typeof entry.placeholders === 'object' && 'name' in (entry.placeholders ?? {});
};
const keys = Object.keys(catalogue).filter(isNameKey);

it.each(keys)('%s reads in its own order around a name that reads from right to left', (key) => {
  expect(t(key, 'עדה')).toContain('\u2068עדה\u2069');
  expect(t(key, 'أدا (@ada2)')).toContain('\u2068أدا (@ada2)\u2069');
});

it.each(keys)('%s is unchanged with any other name', (key) => {
  expect(t(key, 'Ada')).toContain('Ada');
  expect(t(key, 'Ada')).not.toMatch(/[\u2066-\u2069]/);
});
