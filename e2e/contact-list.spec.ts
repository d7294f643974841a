import { inspectPage } from './support/inspect-page.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

test('a favourite who may ring while one does not want to be disturbed', async ({ someone, server }) => {
  const [alonzo, wing] = [await someone('Alonzo'), await someone('Wing')];
  const popup = alonzo.popup;
  const more = alonzo.button('More about Wing');
  const menu = popup.getByRole('menu', { name: 'More about Wing' });
  const through = menu.getByRole('menuitemcheckbox', { name: words('mayRingThrough') });

  await test.step('only a favourite is offered to ring through', async () => {
    await more.click();
    await expect(menu.getByRole('menuitem', { name: 'Add Wing to favourites' })).toBeFocused();
    await expect(through).toBeHidden();
    await popup.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(more).toBeFocused();
  });

  await test.step('the star makes one, and another device knows', async () => {
    await alonzo.button('Add Wing to favourites').click();
    await expect(alonzo.button('Remove Wing from favourites')).toBeVisible();
    const other = await alonzo.secondDevice(server.url);
    await expect(other.button('Remove Wing from favourites')).toBeVisible();
    await other.close();
  });

  await test.step('chosen by keyboard in the menu', async () => {
    await more.focus();
    await popup.keyboard.press('Enter');
    await expect(menu.getByRole('menuitem', { name: 'Remove Wing from favourites' })).toBeFocused();
    await popup.keyboard.press('ArrowDown');
    await expect(through).toBeFocused();
    await expect(through).toBeChecked({ checked: false });
    await inspectPage(popup, { state: 'popup-contact-menu', as: 'popup' });
    await popup.keyboard.press('Enter');
    await expect(menu).toBeHidden();
    await expect.poll(async () => (await alonzo.shown()).contacts.some((it) => it.ringsThrough)).toBe(true);
    await more.click();
    await expect(through).toBeChecked();
    await popup.keyboard.press('Escape');
  });

  await test.step('it rings although the status says otherwise, and Wing saw nothing but that', async () => {
    await alonzo.ask('set-status', { status: 'do-not-disturb' });
    await expect(wing.contact('Alonzo')).toContainText('Do not disturb');
    await wing.button('Call Alonzo').click();
    await alonzo.accept();
    await Promise.all([alonzo.connected(), wing.connected()]);
    await alonzo.button('Hang up').click();
    expect(await wing.ended()).toBe('hung-up');
    expect((await wing.shown()).contacts.some((it) => it.favourite || it.ringsThrough)).toBe(false);
  });

  await test.step('and no longer, once the star is taken away', async () => {
    await alonzo.ask('dismiss', { callId: (await alonzo.snapshot()).call?.callId ?? '' });
    await alonzo.button('Remove Wing from favourites').click();
    await expect(alonzo.button('Add Wing to favourites')).toBeVisible();
    await wing.dialAnyway('Alonzo');
    expect(await wing.ended()).toBe('do-not-disturb');
  });
});
