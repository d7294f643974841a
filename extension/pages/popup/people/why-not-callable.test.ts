import { beforeAll, expect, it } from 'vitest';
import { contact } from '../../../../testkit/ui/contact.ts';
import { fakeMessages } from '../../../../testkit/ui/fake-messages.ts';
import { whyNotCallable } from './why-not-callable.ts';

beforeAll(fakeMessages);

it('is shown before dialling', () => {
  expect(whyNotCallable(contact('Grace', 'in-call'), 'Grace', true)).toBe('Grace is in a call right now.');
  expect(whyNotCallable(contact('Grace', 'offline'), 'Grace', true)).toBe('Grace is offline.');
  expect(whyNotCallable(contact('Grace'), 'Grace', false)).toBe('There is no connection to the server.');
});

it.each(['available', 'away', 'do-not-disturb'] as const)('lets somebody who is %s be called', (status) => {
  expect(whyNotCallable(contact('Grace', status), 'Grace', true)).toBeNull();
});
