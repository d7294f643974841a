import { beforeAll, expect, it } from 'vitest';
import { ERROR_CODES } from '../../protocol/errors.ts';
import { problemText } from './problem-text.ts';
import { fakeMessages } from './testing/fake-messages.ts';

beforeAll(fakeMessages);

it('has words for every code of the contract', () => {
  for (const code of ERROR_CODES) expect(problemText(code), code).not.toBe('');
});

it('has words for what goes wrong before the server answers', () => {
  for (const code of ['server-unreachable', 'not-a-server', 'bad-address', 'phone-silent'] as const) {
    expect(problemText(code), code).not.toBe('');
  }
});
