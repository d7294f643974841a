import { expect, it } from 'vitest';
import { isAllowed, readAllowRule } from './is-allowed.ts';

const rules = ['Example.org', 'group:staff'].map(readAllowRule).filter((rule) => rule !== null);

it.each([
  ['ada@example.org', [], true],
  ['ADA@EXAMPLE.ORG', [], true],
  [null, ['staff'], true],
  [null, [], false],
  ['ada@sub.example.org', ['staffers'], false],
  ['ada@example.org@evil.example', [], false],
  ['ada@example.org.evil.example', ['example.org'], false],
] as const)(
  'a person with the address %s, in the groups %j, is allowed: %s',
  (verifiedEmail, groups, allowed) => {
    expect(isAllowed(rules, { verifiedEmail, groups })).toBe(allowed);
    expect(isAllowed([], { verifiedEmail, groups })).toBe(false);
  },
);

it.each(['', 'group:', 'staff', '@example.org', 'a b.example'])('%j is no rule', (text) => {
  expect(readAllowRule(text)).toBeNull();
});
