import { connect, expectBothFree, expectCapture, expectReleased } from './support/in-call.ts';
import { inspectPage } from './support/inspect-page.ts';
import { liveCapture } from './support/media-probe.ts';
import { startServer } from './support/start-server.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

test('cancelled before it is answered', async ({ ada, grace }) => {
  await ada.call('Grace');
  await expect(grace.ringing()).toBeVisible();
  await expectCapture(ada, ['audio', 'video']);
  await ada.button('Cancel call').click();
  expect(await ada.ended()).toBe('cancelled');
  await expect(grace.ringing()).toBeHidden();
  await expectReleased(ada);
  expect(await liveCapture(grace.phone)).toEqual([]);
  await expectBothFree(ada, grace);
});

test('declined', async ({ ada, grace }) => {
  await ada.call('Grace');
  await grace.decline();
  expect(await ada.ended()).toBe('declined');
  await expect(ada.popup.getByText(words('endedDeclinedOutgoing', 'Grace'))).toBeVisible();
  await expect(grace.ringing()).toBeHidden();
  await expectReleased(ada);
  await expectBothFree(ada, grace);
});

test('the callee’s window closed while it rings: it goes on ringing', async ({ ada, grace }) => {
  await ada.call('Grace', 'audio');
  const window = await grace.openPage('call-window');
  await expect(grace.ringing(window)).toBeVisible();
  await window.close();
  await grace.accept();
  await Promise.all([ada.connected(), grace.connected()]);
});

test('busy is shown before dialling, and refused by the server', async ({ ada, grace, someone }) => {
  const linus = await someone('Linus');
  await connect(ada, grace, 'audio');

  await expect(linus.contact('Grace')).toContainText('In a call');
  await expect(linus.contact('Ada')).toContainText('In a call');
  await expect(linus.button('Call Grace')).toBeDisabled();
  await inspectPage(linus.popup, { state: 'popup-contact-in-a-call', as: 'popup' });

  // The button does nothing, so the phone is asked directly.
  await linus.dialAnyway('Grace');
  expect(await linus.ended()).toBe('busy');
  await linus.released();
  await expect(linus.popup.getByText(words('endedBusyOutgoing', 'Grace'))).toBeVisible();
  expect((await grace.snapshot()).call?.phase.kind).toBe('active');
  expect((await grace.snapshot()).incoming).toEqual([]);
});

test('a call while another rings: accepting one ends the other as busy', async ({ ada, grace, someone }) => {
  const linus = await someone('Barbara');
  await ada.call('Grace', 'audio');
  await expect(grace.ringing()).toContainText('Ada');
  await linus.call('Grace', 'audio');
  await expect(grace.ringing()).toContainText('Barbara');
  // The prompt shows the newest call; the other one can be chosen.
  await expect(grace.ringing().getByRole('heading')).toHaveText(words('oneMoreCalling'));
  await grace
    .ringing()
    .getByRole('button', { name: words('acceptFrom', 'Ada') })
    .click();
  await Promise.all([ada.connected(), grace.connected()]);
  expect(await linus.ended()).toBe('busy');
  await linus.released();
});

test('somebody who has gone offline cannot be reached', async ({ ada, someone }) => {
  const linus = await someone('Edsger');
  await expect(ada.contact('Edsger')).toContainText('Available');
  await linus.ask('sign-out', {});
  await expect(ada.contact('Edsger')).toContainText('Offline');
  await expect(ada.button('Call Edsger')).toBeDisabled();

  await ada.dialAnyway('Edsger');
  expect(await ada.ended()).toBe('unreachable');
  await ada.released();
});

test('do not disturb does not ring, and says so', async ({ ada, grace }) => {
  await grace.ask('set-status', { status: 'do-not-disturb' });
  await expect(ada.contact('Grace')).toContainText('Do not disturb');
  await ada.dialAnyway('Grace');
  expect(await ada.ended()).toBe('do-not-disturb');
  expect((await grace.snapshot()).incoming).toEqual([]);
  await grace.ask('set-status', { status: 'available' });
  await expect(ada.contact('Grace')).toContainText('Available');
});

test('nobody answers', async ({ someone, closing }) => {
  const server = await startServer({ RING_TIMEOUT_S: '5' });
  closing({ close: () => server.stop() });
  const [ada, grace] = await Promise.all([someone('Ada', {}, server), someone('Grace', {}, server)]);
  await ada.call('Grace');
  await expect(grace.ringing()).toBeVisible();
  expect(await ada.ended(15_000)).toBe('no-answer');
  await expect(ada.popup.getByText(words('endedNoAnswerOutgoing', 'Grace'))).toBeVisible();
  await expect(grace.ringing()).toBeHidden();
  await expect(grace.popup.getByText(words('endedNoAnswerIncoming', 'Ada'))).toBeVisible();
  await expectReleased(ada);
  await expectBothFree(ada, grace);
});
