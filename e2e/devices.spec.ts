import { expectReleased, expectSound } from './support/in-call.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

test('all devices of a person ring; the first that accepts stops the others', async ({
  someone,
  ada,
  grace,
}) => {
  const second = await someone('Grace');
  await ada.call('Grace', 'audio');
  await expect(grace.ringing()).toContainText('Ada');
  await expect(second.ringing()).toContainText('Ada');

  await second.accept();
  await expect(grace.ringing()).toBeHidden();
  await Promise.all([ada.connected(), second.connected()]);
  await Promise.all([expectSound(ada), expectSound(second)]);
  expect((await grace.snapshot()).call?.phase.kind ?? 'idle').not.toBe('active');
  await expect(grace.popup.getByText(words('endedAnsweredElsewhere'))).toBeVisible();
  await grace.released();

  await second.button('Hang up').click();
  expect(await ada.ended()).toBe('hung-up');
  await expectReleased(ada, second);
});

test('a call that is declined on one device stops ringing on the other', async ({ someone, ada, grace }) => {
  const second = await someone('Grace');
  await ada.call('Grace', 'audio');
  await expect(second.ringing()).toBeVisible();
  await grace.decline();
  await expect(second.ringing()).toBeHidden();
  expect(await ada.ended()).toBe('declined');
});
