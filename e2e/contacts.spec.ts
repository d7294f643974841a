import { badge } from './support/badge.ts';
import { inspectPage } from './support/inspect-page.ts';
import type { Person } from './support/person.ts';
import { startServer, type RunningServer } from './support/start-server.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

/** Opens the part of the popup in which people add others. */
const openAdding = async ({ popup }: Person): Promise<void> => {
  await popup.getByText(words('addContact'), { exact: true }).click();
};
const add = async (person: Person, wanted: string): Promise<void> => {
  await person.popup.getByLabel(words('addContactField')).fill(wanted);
  await person.popup.getByRole('button', { name: words('add'), exact: true }).click();
};
const chooseInMenu = async (person: Person, name: string, item: string): Promise<void> => {
  await person.popup.getByRole('button', { name: words('moreAboutPerson', name) }).click();
  await person.popup.getByRole('menuitem', { name: item }).click();
};

test('people who add each other: request, accept, remove, and an invite link', async ({
  someone,
  closing,
}) => {
  const server: RunningServer = await startServer({ DIRECTORY: 'contacts' });
  closing({ close: () => server.stop() });
  const mileva = await someone('Mileva', {}, server);
  const sofia = await someone('Sofia', {}, server);
  await expect(mileva.popup.getByText(words('emptyContactsText'))).toBeVisible();
  await expect(mileva.popup.getByText(words('emptyTitle'))).toBeHidden();
  await expect(mileva.button(words('makeLink'))).toBeVisible();
  await expect(mileva.popup.getByText(server.url)).toBeHidden();
  await inspectPage(mileva.popup, { state: 'popup-no-contacts-yet', as: 'popup' });

  await openAdding(mileva);
  await add(mileva, 'no such name!');
  await expect(mileva.popup.getByText(words('problemBadContact'))).toBeVisible();
  await add(mileva, 'Sofia');
  await expect(mileva.popup.getByText(words('requestSent'))).toBeVisible();
  await expect(mileva.button(words('cancelRequest', 'sofia'))).toBeVisible();
  await inspectPage(mileva.popup, { state: 'popup-add-contact', as: 'popup' });

  await expect(sofia.popup.getByRole('heading', { name: words('requests') })).toBeVisible();
  await expect.poll(() => badge(sofia)).toBe('1');
  await inspectPage(sofia.popup, { state: 'popup-request', as: 'popup' });
  await sofia.button(words('acceptRequest', 'Mileva')).click();
  await expect(sofia.contact('Mileva')).toContainText('Available');
  await expect.poll(() => badge(sofia)).toBe('');
  await expect(mileva.contact('Sofia')).toContainText('Available');

  await chooseInMenu(sofia, 'Mileva', words('removePerson', 'Mileva'));
  const dialog = sofia.popup.getByRole('alertdialog', { name: words('removeTitle', 'Mileva') });
  await inspectPage(sofia.popup, { state: 'popup-remove-contact', as: 'popup' });
  await dialog.getByRole('button', { name: words('remove'), exact: true }).click();
  await expect(sofia.contact('Mileva')).toHaveCount(0);
  await expect(mileva.contact('Sofia')).toHaveCount(0);

  await mileva.button(words('makeLink')).click();
  const link = mileva.popup.locator('code', { hasText: '/invite/' });
  await expect(link).toBeVisible();
  await inspectPage(mileva.popup, { state: 'popup-invite-link', as: 'popup' });
  const address = await link.innerText();
  const page = await sofia.browser.context.newPage();
  await page.goto(address);
  await expect(page.getByText(address.split('/').at(-1) ?? '')).toBeVisible();
  await page.close();

  await test.step('what was typed and made is there again when the popup was closed', async () => {
    const { popup } = mileva;
    await popup.getByLabel(words('addContactField')).fill('sof');
    await popup.getByRole('combobox', { name: 'Status' }).click();
    await popup.getByRole('textbox', { name: words('statusText') }).fill('At lun');
    await popup.reload();
    await expect(popup.getByLabel(words('addContactField'))).toHaveValue('sof');
    await expect(link).toHaveText(address);
    await popup.getByRole('combobox', { name: 'Status' }).click();
    await expect(popup.getByRole('textbox', { name: words('statusText') })).toHaveValue('At lun');
    await popup.keyboard.press('Escape');
    await popup.getByRole('tab', { name: words('history') }).click();
    await popup.reload();
    await expect(popup.getByRole('tab', { name: words('history') })).toHaveAttribute('aria-selected', 'true');
    await popup.getByRole('tab', { name: words('contacts') }).click();
  });

  await openAdding(sofia);
  await add(sofia, address);
  await expect(sofia.popup.getByText(words('contactAdded', 'Mileva'))).toBeVisible();
  await expect(mileva.contact('Sofia')).toContainText('Available');
});

test('a blocked person sees somebody offline, and is unblocked in the settings', async ({ someone }) => {
  const rosalind = await someone('Rosalind');
  const vera = await someone('Vera');
  await expect(vera.contact('Rosalind')).toContainText('Available');
  await chooseInMenu(rosalind, 'Vera', words('blockPerson', 'Vera'));
  const dialog = rosalind.popup.getByRole('alertdialog', { name: words('blockTitle', 'Vera') });
  await inspectPage(rosalind.popup, { state: 'popup-block', as: 'popup' });
  await dialog.getByRole('button', { name: words('block'), exact: true }).click();
  await expect(rosalind.contact('Vera')).toHaveCount(0);
  await expect(vera.contact('Rosalind')).toContainText('Offline');
  await vera.dialAnyway('Rosalind');
  expect(await vera.ended()).toBe('unreachable');
  expect((await rosalind.snapshot()).incoming).toEqual([]);

  const settings = await rosalind.openPage('settings');
  await expect(settings.getByRole('region', { name: words('blockedPeople') })).toContainText('Vera');
  await inspectPage(settings, { state: 'settings-blocked', as: 'tab' });
  await settings.getByRole('button', { name: words('unblockPerson', 'Vera') }).click();
  await expect(settings.getByText(words('nobodyBlocked'))).toBeVisible();
  await expect(vera.contact('Rosalind')).toContainText('Available');
  await expect(rosalind.contact('Vera')).toContainText('Available');
});
