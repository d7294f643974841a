import { expect, it, vi } from 'vitest';
import type { ListedContact } from '../../../protocol/account/session.ts';
import { createAsk } from '../connection/ask.ts';
import { createMarkContact } from './contact-marks.ts';

const grace: ListedContact = {
  userId: '00000001-0000-4000-8000-000000000000',
  username: 'grace',
  displayName: 'Grace',
  status: 'available',
  v: 1,
  favourite: false,
  ringsThrough: false,
};
const mark = { userId: grace.userId, favourite: true, ringsThrough: false };

const setUp = (answer: object) => {
  const request = vi.fn().mockResolvedValue(answer);
  const update = vi.fn();
  const store = { current: { contacts: [grace] }, update };
  return { request, update, markContact: createMarkContact({ ask: createAsk(() => ({ request })), store }) };
};

it('asks the server, then shows the mark', async () => {
  const { request, update, markContact } = setUp({ ok: true });
  expect(await markContact(mark)).toEqual({ ok: true });
  expect(request).toHaveBeenCalledWith('contact:mark', mark, expect.any(AbortSignal));
  expect(update).toHaveBeenCalledWith({ contacts: [{ ...grace, favourite: true }] });
});

it('shows nothing that the server refused', async () => {
  const { update, markContact } = setUp({ ok: false, code: 'not-found' });
  expect(await markContact(mark)).toEqual({ ok: false, code: 'not-found' });
  expect(update).not.toHaveBeenCalled();
});

it('needs a sign-in', async () => {
  const store = { current: { contacts: [] }, update: vi.fn() };
  const markContact = createMarkContact({ ask: createAsk(() => null), store });
  expect(await markContact(mark)).toEqual({ ok: false, code: 'signed-out' });
});
