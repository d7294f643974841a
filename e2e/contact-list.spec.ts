import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filledName, fillServer } from './support/fill-server.ts';
import { inspectPage } from './support/inspect-page.ts';
import { tabTo } from './support/keyboard.ts';
import type { Person } from './support/person.ts';
import { startServer } from './support/start-server.ts';
import { expect, test, type TestFixtures } from './support/test.ts';
import { words } from './support/words.ts';

test('a favourite who may ring during do not disturb', async ({ someone }) => {
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
    const other = await someone('Alonzo');
    await expect(other.button('Remove Wing from favourites')).toBeVisible();
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
    await expect
      .poll(async () => (await alonzo.snapshot()).contacts.some((it) => it.ringsThrough))
      .toBe(true);
    await more.click();
    await expect(through).toBeChecked();
    await popup.keyboard.press('Escape');
  });

  await test.step('it rings although the status says otherwise, and Wing sees nothing but the status', async () => {
    await alonzo.ask('set-status', { status: 'do-not-disturb' });
    await expect(wing.contact('Alonzo')).toContainText('Do not disturb');
    await wing.button('Call Alonzo').click();
    await alonzo.accept();
    await Promise.all([alonzo.connected(), wing.connected()]);
    await alonzo.button('Hang up').click();
    expect(await wing.ended()).toBe('hung-up');
    expect((await wing.snapshot()).contacts.some((it) => it.favourite || it.ringsThrough)).toBe(false);
  });

  await test.step('and no longer, once the star is taken away', async () => {
    await alonzo.ask('dismiss', { callId: (await alonzo.snapshot()).call?.callId ?? '' });
    await alonzo.button('Remove Wing from favourites').click();
    await expect(alonzo.button('Add Wing to favourites')).toBeVisible();
    await wing.dialAnyway('Alonzo');
    expect(await wing.ended()).toBe('do-not-disturb');
  });
});

const MANY = 2_500;

test.describe('thousands of contacts', () => {
  /** A server of its own, whose database was filled before it started. */
  const open = async ({
    someone,
    closing,
  }: Pick<TestFixtures, 'someone' | 'closing'>): Promise<[Person, Person]> => {
    const folder = await mkdtemp(join(tmpdir(), 'quick-call-many-'));
    closing({ close: () => rm(folder, { recursive: true, force: true }) });
    await fillServer(join(folder, 'many.db'), MANY);
    const server = await startServer({ DATABASE_URL: `sqlite:${join(folder, 'many.db')}` });
    closing({ close: () => server.stop() });
    const one = await someone('Evelyn', {}, server);
    return [one, await someone('Zuse', {}, server)];
  };

  test('found by typing, by keyboard, and kept in focus while the list changes', async ({
    someone,
    closing,
  }) => {
    const [person, other] = await open({ someone, closing });
    const { popup } = person;
    const list = popup.getByRole('list', { name: 'Contacts' });
    const items = list.getByRole('listitem');
    const search = popup.getByRole('searchbox', { name: words('findPerson') });
    const byName = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
    const last =
      Array.from({ length: MANY }, (_, n) => filledName(n))
        .toSorted(byName.compare)
        .at(-1) ?? '';

    await test.step('available people are on top; only visible rows are drawn, each with its position', async () => {
      await expect(items.first()).toContainText('Zuse');
      await expect(items.first().getByRole('heading', { name: 'Available' })).toBeVisible();
      await expect(items.nth(1).getByRole('heading', { name: 'Offline' })).toBeVisible();
      await expect(items.first()).toHaveAttribute('aria-posinset', '1');
      await expect(items.first()).toHaveAttribute('aria-setsize', String(MANY + 1));
      expect(await items.count()).toBeLessThan(40);
      await inspectPage(popup, { state: 'popup-many-contacts', as: 'popup' });
    });

    await test.step('arrows, End, Home and first letters', async () => {
      await tabTo(popup, person.button('Call Zuse'));
      await popup.keyboard.press('ArrowRight');
      await expect(person.button('Video call Zuse')).toBeFocused();
      await popup.keyboard.press('End');
      await expect(person.button(`Video call ${last}`)).toBeFocused();
      await expect(person.button(`Video call ${last}`)).toBeInViewport();
      await popup.keyboard.press('ArrowLeft');
      await expect(person.button(`Call ${last}`)).toBeFocused();
      await popup.keyboard.type('lukasz weiss');
      await expect(popup.locator(':focus')).toHaveAccessibleName(/^Call Łukasz Weiß \d+$/);
      await expect(popup.locator(':focus')).toBeInViewport();
    });

    await test.step('the focus stays with a person who moves to another group', async () => {
      await popup.keyboard.press('Home');
      await expect(person.button('Call Zuse')).toBeFocused();
      await other.ask('set-status', { status: 'appear-offline' });
      await expect(person.contact('Zuse')).toContainText('Offline');
      await expect(person.button('Call Zuse')).toBeFocused();
      expect(Number(await person.contact('Zuse').getAttribute('aria-posinset'))).toBeGreaterThan(MANY / 2);
      await other.ask('set-status', { status: 'available' });
      await expect(person.contact('Zuse')).toHaveAttribute('aria-posinset', '1');
      await expect(person.button('Call Zuse')).toBeFocused();
    });

    await test.step('and an open menu stays open', async () => {
      await person.button('More about Zuse').click();
      const menu = popup.getByRole('menu', { name: 'More about Zuse' });
      await expect(menu.getByRole('menuitem').first()).toBeFocused();
      await other.ask('set-status', { status: 'appear-offline' });
      await expect(person.contact('Zuse')).toContainText('Offline');
      await expect(menu).toBeVisible();
      await popup.keyboard.press('Escape');
      await other.ask('set-status', { status: 'available' });
      await expect(person.contact('Zuse')).toContainText('Available');
    });

    await test.step('searching, whatever the accents; Escape clears', async () => {
      await search.fill('LUKASZ odeg');
      await expect(items.first()).toContainText(/Łukasz Ødegaard \d+/);
      await expect(items.first()).toHaveAttribute('aria-setsize', /^\d{1,2}$/);
      await inspectPage(popup, { state: 'popup-search', as: 'popup' });
      await search.fill('nobody at all');
      await expect(popup.getByText(words('noMatch', 'nobody at all'))).toBeVisible();
      await inspectPage(popup, { state: 'popup-search-nobody', as: 'popup' });
      await search.press('Escape');
      await expect(search).toHaveValue('');
      await expect(items.first()).toContainText('Zuse');
    });

    await test.step('a call by typing a name and pressing Enter twice', async () => {
      await search.fill('zuse');
      await expect(items).toHaveCount(1);
      await search.press('ArrowDown');
      await expect(person.button('Call Zuse')).toBeFocused();
      await popup.keyboard.press('ArrowUp');
      await expect(search).toBeFocused();
      await search.press('Enter');
      await expect(person.button('Call Zuse')).toBeFocused();
      await popup.keyboard.press('Enter');
      await expect(other.ringing()).toBeVisible();
      await other.decline();
      expect(await person.ended()).toBe('declined');
    });

    await test.step('favourites come first', async () => {
      await popup.getByRole('button', { name: words('dismiss') }).click();
      await search.fill('chloe');
      const name =
        (await items
          .first()
          .getByRole('button', { name: /^Add .* to favourites$/ })
          .getAttribute('aria-label')) ?? '';
      await person.button(name).click();
      await search.fill('');
      await expect(items.first().getByRole('heading', { name: words('groupFavourites') })).toBeVisible();
      await expect(items.first()).toContainText('Chloé');
      await inspectPage(popup, { state: 'popup-favourites', as: 'popup' });
    });
  });
});
