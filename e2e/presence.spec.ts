import type { Page } from '@playwright/test';
import { inspectPage } from './support/inspect-page.ts';
import { pressByKeyboard } from './support/keyboard.ts';
import type { Person } from './support/person.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

const statusOf = (page: Page) => page.getByRole('combobox', { name: 'Status', exact: true });

const openMenu = async (person: Person) => {
  await statusOf(person.popup).click();
  const menu = person.popup.getByRole('dialog', { name: 'Status' });
  await expect(menu).toBeVisible();
  return menu;
};

test('away when nobody uses any of the devices (the browser’s idle event is injected)', async ({
  ada,
  someone,
}) => {
  const frances = await someone('Frances');
  await expect(ada.contact('Frances')).toContainText('Available');
  await frances.becomeIdle('idle');
  await expect(ada.contact('Frances')).toContainText('Away');
  await frances.becomeIdle('active');
  await expect(ada.contact('Frances')).toContainText('Available');

  await test.step('the worker may have slept', async () => {
    await frances.stopWorker();
    await frances.popup.evaluate(() =>
      chrome.runtime.sendMessage({ target: 'background', name: 'query-idle', payload: {} }),
    );
    await frances.becomeIdle('locked');
    await expect(ada.contact('Frances')).toContainText('Away');
  });

  await test.step('the device in use decides', async () => {
    const other = await someone('Frances');
    await expect(ada.contact('Frances')).toContainText('Available');
    await other.becomeIdle('idle');
    await expect(ada.contact('Frances')).toContainText('Away');
    await frances.becomeIdle('active');
    await expect(ada.contact('Frances')).toContainText('Available');
  });
});

test('do not disturb has an end, which only its owner sees', async ({ ada, someone }) => {
  const niklaus = await someone('Niklaus');
  await expect(ada.contact('Niklaus')).toContainText('Available');
  const menu = await openMenu(niklaus);
  await inspectPage(niklaus.popup, { state: 'popup-status-menu', as: 'popup' });
  await menu.getByRole('button', { name: words('for30Minutes') }).click();
  await expect(menu).toBeHidden();
  await expect(statusOf(niklaus.popup)).toContainText(/Do not disturb until (?:\w+day )?\d/);
  await expect(ada.contact('Niklaus')).toContainText('Do not disturb');
  await expect(ada.contact('Niklaus')).not.toContainText('until');

  await ada.dialAnyway('Niklaus');
  expect(await ada.ended()).toBe('do-not-disturb');
  expect((await niklaus.snapshot()).incoming).toEqual([]);

  await test.step('until tomorrow, and it ends by itself', async () => {
    await (await openMenu(niklaus)).getByRole('button', { name: words('untilTomorrow') }).click();
    await expect(statusOf(niklaus.popup)).toContainText(/until \w+day/);
    await inspectPage(niklaus.popup, { state: 'popup-do-not-disturb', as: 'popup' });
    await niklaus.ask('set-status', { status: 'do-not-disturb', endsIn: 600 });
    await expect(statusOf(niklaus.popup)).toHaveText('Available');
    await expect(ada.contact('Niklaus')).toContainText('Available');
  });
});

test('a text beside the status, by keyboard; hidden with its owner, and cleared by its time', async ({
  ada,
  someone,
}) => {
  const evelyn = await someone('Evelyn');
  await pressByKeyboard(evelyn.popup, statusOf(evelyn.popup));
  const menu = evelyn.popup.getByRole('dialog', { name: 'Status' });
  await pressByKeyboard(evelyn.popup, menu.getByRole('button', { name: words('suggestLunch') }));
  const box = menu.getByRole('textbox', { name: words('statusText') });
  await expect(box).toHaveValue(/🍜/u);
  await inspectPage(evelyn.popup, { state: 'popup-status-text', as: 'popup' });
  await box.press('Enter');
  await expect(menu).toBeHidden();
  await expect(ada.contact('Evelyn')).toContainText('🍜 At lunch');
  await inspectPage(ada.popup, { state: 'popup-contacts-with-text', as: 'popup' });

  await test.step('Escape closes the menu and changes nothing', async () => {
    await openMenu(evelyn);
    await evelyn.popup.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(statusOf(evelyn.popup)).toBeFocused();
  });

  await test.step('who appears offline shows no text', async () => {
    await (await openMenu(evelyn)).getByRole('button', { name: 'Appear offline' }).click();
    await expect(ada.contact('Evelyn')).toContainText('Offline');
    await expect(ada.contact('Evelyn')).not.toContainText('🍜');
    await (await openMenu(evelyn)).getByRole('button', { name: 'Available' }).click();
    await expect(ada.contact('Evelyn')).toContainText('🍜 At lunch');
  });

  await (await openMenu(evelyn)).getByRole('button', { name: words('clearStatusText') }).click();
  await expect(ada.contact('Evelyn')).not.toContainText('🍜');
  await evelyn.ask('set-status-text', { text: 'one moment', endsIn: 1_500 });
  await expect(ada.contact('Evelyn')).toContainText('one moment');
  await expect(ada.contact('Evelyn')).not.toContainText('one moment');
  await expect(statusOf(evelyn.popup)).toHaveText('Available');
});

test('last seen is shown only of people who allow it', async ({ ada, someone }) => {
  const kathleen = await someone('Kathleen');
  const settings = await kathleen.openPage('settings');
  const shown = settings.getByRole('switch', { name: words('showLastSeen') });
  await expect(shown).not.toBeChecked();
  await (await openMenu(kathleen)).getByRole('button', { name: 'Appear offline' }).click();
  await expect(ada.contact('Kathleen')).toContainText('Offline');
  await expect(ada.contact('Kathleen')).not.toContainText('Last seen');

  await shown.click();
  await expect(shown).toBeChecked();
  await expect.poll(async () => (await kathleen.signedIn()).presence.lastSeenShown).toBe(true);
  await (await openMenu(kathleen)).getByRole('button', { name: 'Available' }).click();
  await expect(ada.contact('Kathleen')).toContainText('Available');
  await kathleen.ask('sign-out', {});
  await expect(ada.contact('Kathleen')).toContainText('Last seen 1m ago');
  await inspectPage(ada.popup, { state: 'popup-last-seen', as: 'popup' });
});
