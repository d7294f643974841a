import { beforeAll, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../protocol/errors.ts';
import { problemText } from './problem-text.ts';
import { fakeMessages } from '../../../testkit/ui/fake-messages.ts';

beforeAll(fakeMessages);

it('has words for every code of the contract', () => {
  for (const code of ERROR_CODES) expect(problemText(code), code).not.toBe('');
});

it('has words for failures before the server answers', () => {
  for (const code of ['server-unreachable', 'not-a-server', 'bad-address', 'phone-silent'] as const) {
    expect(problemText(code), code).not.toBe('');
  }
});

it('names the forbidden character', () => {
  expect(problemText('bad-character U+202E')).toBe('The character U+202E is not allowed.');
  expect(problemText('bad-character U+0430')).toBe(
    'A username may not hold “а” (U+0430): only a–z, 0–9, dot, hyphen and underscore.',
  );
  expect(problemText('bad-character U+0020')).toBe('A username may not hold a space.');
});

it('says from when on something can be tried again that is refused for long', () => {
  const at = new Date();
  at.setHours(at.getHours() + 1, 30, 0, 0);
  expect(problemText(`rate-limited ${at.getTime()}`)).toMatch(
    /^Too many tries\. You can try again from .*\d+:30\sA?P?M\.$/,
  );
});
