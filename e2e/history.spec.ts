import type { Locator } from '@playwright/test';
import { Desktop } from './support/desktop.ts';
import { connect } from './support/in-call.ts';
import { badge } from './support/badge.ts';
import { inspectPage } from './support/inspect-page.ts';
import { tabTo } from './support/keyboard.ts';
import type { Person } from './support/person.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

const tab = (person: Person, name: 'contacts' | 'history'): Locator =>
  person.popup.getByRole('tab', { name: new RegExp(`^${words(name)}`) });

const calls = (person: Person): Locator =>
  person.popup.getByRole('list', { name: words('today') }).getByRole('listitem');

/** Calls and gives up, so that the other has a missed call. */
const ringAndGiveUp = async (from: Person, to: Person, media: 'audio' | 'video'): Promise<void> => {
  await from.call(to.name, media);
  await expect(to.ringing()).toBeVisible();
  await from.button('Cancel call').click();
  await from.ended();
  await from.reset();
};

test('calls are in both histories, and what was missed is counted until it is seen', async ({ someone }) => {
  const [noether, joan] = [await someone('Noether'), await someone('Joan')];

  await test.step('empty', async () => {
    await tab(noether, 'history').click();
    await expect(noether.popup.getByText(words('historyEmptyTitle'))).toBeVisible();
    await inspectPage(noether.popup, { state: 'popup-history-empty', as: 'popup' });
    await tab(noether, 'contacts').click();
  });

  await test.step('an answered call, a declined one and a missed one', async () => {
    await connect(noether, joan, 'audio');
    await noether.button('Hang up').click();
    await Promise.all([noether.ended(), joan.ended()]);
    await Promise.all([noether.reset(), joan.reset()]);
    await noether.call('Joan', 'video');
    await joan.decline();
    await noether.ended();
    await noether.reset();
    await ringAndGiveUp(noether, joan, 'video');
    await joan.reset();
  });

  await test.step('the one who missed it is told on badge and tab', async () => {
    await expect.poll(() => badge(joan)).toBe('1');
    await expect(tab(joan, 'history')).toHaveAccessibleName(`${words('history')} ${words('missedCall')}`);
    await inspectPage(joan.popup, { state: 'popup-contacts-missed-call', as: 'popup' });
    expect(await badge(noether)).toBe('');
  });

  await test.step('opening the list marks it as seen, and all calls are there, newest first', async () => {
    await tab(joan, 'history').click();
    await expect(calls(joan)).toContainText([
      words('outcomeMissed'),
      words('outcomeDeclinedIncoming'),
      /Incoming, 0:0\d/,
    ]);
    await expect.poll(() => badge(joan)).toBe('');
    await expect(tab(joan, 'history')).toHaveAccessibleName(words('history'));
    await inspectPage(joan.popup, { state: 'popup-history', as: 'popup' });
    await tab(noether, 'history').click();
    await expect(calls(noether)).toContainText([
      words('outcomeCancelled'),
      words('outcomeDeclinedOutgoing'),
      /Outgoing, 0:0\d/,
    ]);
  });

  await test.step('a call that ends while the list is open appears in it, and is seen', async () => {
    await tab(noether, 'contacts').click();
    await ringAndGiveUp(noether, joan, 'audio');
    await expect(calls(joan)).toHaveCount(4);
    await expect.poll(() => badge(joan)).toBe('');
  });

  await test.step('call back, with sound or video as it was', async () => {
    await calls(joan)
      .first()
      .getByRole('button', { name: words('callBack', 'Noether') })
      .click();
    await expect(noether.ringing()).toContainText('Joan');
    await noether.decline();
    await joan.ended();
    await joan.reset();
    await expect(calls(joan)).toHaveCount(5);
    const video = calls(joan).filter({ hasText: words('outcomeDeclinedIncoming') });
    await expect(video.getByRole('button', { name: words('videoCallBack', 'Noether') })).toBeVisible();
  });

  await test.step('deleting one leaves the other’s', async () => {
    await calls(joan)
      .first()
      .getByRole('button', { name: words('deleteCall', 'Noether') })
      .click();
    await expect(calls(joan)).toHaveCount(4);
    await tab(noether, 'history').click();
    await expect(calls(noether)).toHaveCount(5);
  });

  await test.step('clearing asks first, by keyboard', async () => {
    await tab(joan, 'contacts').click();
    await tabTo(joan.popup, joan.button(words('settings')));
    await tabTo(joan.popup, tab(joan, 'contacts'));
    await joan.popup.keyboard.press('ArrowRight');
    await expect(tab(joan, 'history')).toBeFocused();
    await expect(calls(joan)).toHaveCount(4);
    await joan.button(words('clearHistory')).click();
    const dialog = joan.popup.getByRole('alertdialog', { name: words('clearHistoryTitle') });
    await inspectPage(joan.popup, { state: 'popup-history-clear', as: 'popup' });
    await dialog.getByRole('button', { name: words('cancel') }).click();
    await expect(calls(joan)).toHaveCount(4);
    await joan.button(words('clearHistory')).click();
    await dialog.getByRole('button', { name: words('clearHistory') }).click();
    await expect(joan.popup.getByText(words('historyEmptyTitle'))).toBeVisible();
    await expect(calls(noether)).toHaveCount(5);
  });
});

test('somebody who was away finds what they missed on every device, and sees it once', async ({
  someone,
}) => {
  const [kay, fran] = [await someone('Kay'), await someone('Fran')];
  await kay.ask('set-status', { status: 'appear-offline' });
  await expect(fran.contact('Kay')).toContainText('Offline');
  await fran.dialAnyway('Kay', 'video');
  expect(await fran.ended()).toBe('unreachable');

  const laptop = await someone('Kay');
  // A phone that is connected while its owner appears offline is told when the owner is visible again.
  await expect.poll(() => badge(laptop)).toBe('1');
  await kay.ask('set-status', { status: 'available' });
  await expect.poll(() => badge(kay)).toBe('1');
  await tab(laptop, 'history').click();
  await expect(calls(laptop)).toContainText([words('outcomeMissedOffline')]);
  for (const device of [kay, laptop]) await expect.poll(() => badge(device)).toBe('');
});

test('a long history is read as far as it is scrolled', async ({ someone }) => {
  const [edith, clarke] = [await someone('Edith'), await someone('Clarke')];
  await clarke.ask('set-status', { status: 'do-not-disturb' });
  for (let i = 0; i < 35; i += 1) {
    await edith.dialAnyway('Clarke', 'audio');
    expect(await edith.ended()).toBe('do-not-disturb');
    await edith.reset();
  }
  // A background page is not drawn, and an observer reports nothing as visible there.
  await clarke.popup.bringToFront();
  await tab(clarke, 'history').click();
  await expect(calls(clarke)).toHaveCount(30);
  await calls(clarke).last().scrollIntoViewIfNeeded();
  await expect(calls(clarke)).toHaveCount(35);
});

// Elsewhere Chromium shows notifications through the operating system, where no stand-in can take them.
(process.platform === 'linux' ? test : test.fixme)(
  'a missed call is told quietly, once, by name, and leads to the history',
  async ({ ada, someone, closing }) => {
    const desktop = closing(await Desktop.start());
    const jean = await someone('Jean', { desktop });
    await jean.popup.goto('about:blank');
    await ada.call('Jean', 'video');
    await desktop.notification('Ada is calling');
    await ada.button('Cancel call').click();

    const notice = await desktop.notification(words('missedCallFrom', 'Ada'));
    expect(notice).toMatchObject({ buttons: [], stays: false });
    await expect.poll(() => desktop.notifications().map(({ title }) => title)).toEqual([notice.title]);
    await jean.stopWorker();
    desktop.click(notice);
    await expect
      .poll(() => desktop.notifications(), { message: 'the notice, once it was looked at' })
      .toEqual([]);
  },
);
