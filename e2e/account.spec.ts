import type { Locator, Page } from '@playwright/test';
import { connect } from './support/in-call.ts';
import { inspectPage } from './support/inspect-page.ts';
import { PASSWORD } from './support/person.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

const field = (page: Page | Locator, name: string) => page.getByRole('textbox', { name, exact: true });
const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true });

test('a display name is changed for everybody who sees it', async ({ ada, someone }) => {
  const mary = await someone('Mary');
  const settings = await mary.openPage('settings');
  await expect(button(settings, words('saveName'))).toBeDisabled();
  await field(settings, 'Display name').fill('Mary Somerville');
  await button(settings, words('saveName')).click();
  await expect(settings.getByText(words('saved'))).toBeVisible();
  await expect(settings.getByText('Mary Somerville', { exact: true })).toBeVisible();
  await expect(field(settings, 'Display name')).toHaveValue('Mary Somerville');
  await expect(ada.contact('Mary Somerville')).toContainText('Available');
  await expect(mary.popup.getByRole('heading', { name: 'Mary Somerville' })).toBeVisible();
  await inspectPage(settings, { state: 'settings-name-saved', as: 'tab' });
});

test('a picture is chosen, seen by others at once, and removed', async ({ ada, someone }) => {
  const lise = await someone('Lise');
  const settings = await lise.openPage('settings');
  const choose = settings.getByLabel(words('choosePicture'));
  // Half orange, half blue, and much larger than the limit for pictures; the browser draws it for the test.
  const file = await settings.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1600, 900];
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = '#e76f00';
    context.fillRect(0, 0, 800, 900);
    context.fillStyle = '#0057b8';
    context.fillRect(800, 0, 800, 900);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  await choose.setInputFiles({
    name: 'lise.png',
    mimeType: 'image/png',
    buffer: Buffer.from(file, 'base64'),
  });
  const shown = ada.contact('Lise').locator('img');
  await expect(shown).toHaveAttribute('src', /^data:image\/webp;base64,/);
  const { width, height, left, right } = await shown.evaluate(async (image) => {
    if (!(image instanceof HTMLImageElement)) throw new Error('no picture');
    await image.decode();
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0, 256, 256, 0, 0, 100, 100);
    const at = (x: number) => Array.from(context?.getImageData(x, 50, 1, 1).data.slice(0, 3) ?? []);
    return { width: image.naturalWidth, height: image.naturalHeight, left: at(10), right: at(90) };
  });
  expect([width, height]).toEqual([256, 256]);
  expect(left[0]).toBeGreaterThan(180);
  expect(right[2]).toBeGreaterThan(140);
  await inspectPage(settings, { state: 'settings-picture', as: 'tab' });
  await inspectPage(ada.popup, { state: 'popup-contact-with-picture', as: 'popup' });

  await test.step('it is there when the phone rings', async () => {
    await lise.call('Ada', 'audio');
    await expect(ada.ringing().locator('img')).toHaveAttribute('src', /^data:image\/webp/);
    await inspectPage(ada.popup, { state: 'popup-ringing-in-picture', as: 'popup' });
    await lise.button('Cancel call').click();
    await lise.ended();
  });

  await test.step('a file that is no picture is refused, and the earlier picture stays', async () => {
    await choose.setInputFiles({
      name: 'letter.png',
      mimeType: 'image/png',
      buffer: Buffer.from('Dear Ada, this is not a picture.'),
    });
    await expect(settings.getByText(words('problemNotAPicture'))).toBeVisible();
    await expect(shown).toBeAttached();
    await inspectPage(settings, { state: 'settings-not-a-picture', as: 'tab' });
  });

  await button(settings, words('removePicture')).click();
  await expect(shown).not.toBeAttached();
  await expect(button(settings, words('removePicture'))).toBeHidden();
});

test('changing the password needs the old one, and signs out the other devices', async ({ someone }) => {
  const sophie = await someone('Sophie');
  const elsewhere = await someone('Sophie');
  const settings = await sophie.openPage('settings');
  await button(settings, words('changePassword')).click();
  const form = settings.getByRole('form', { name: words('changePassword') });
  const current = field(form, words('currentPassword'));
  await expect(current).toBeFocused();
  await current.fill('not the password');
  await field(form, words('newPassword')).fill('a new password');
  await button(form, words('changePassword')).click();
  await expect(form.getByText(words('problemWrongPassword'))).toBeVisible();
  await expect(field(form, words('newPassword'))).toHaveValue('a new password');
  await inspectPage(settings, { state: 'settings-wrong-password', as: 'tab' });

  await current.fill(PASSWORD);
  await button(form, words('changePassword')).click();
  await expect(settings.getByText(words('passwordChanged'))).toBeVisible();
  await inspectPage(settings, { state: 'settings-password-changed', as: 'tab' });
  await expect(elsewhere.popup.getByText(words('problemUnauthorized'))).toBeVisible();
  await sophie.signedIn();

  await field(elsewhere.popup, 'Password').fill('a new password');
  await button(elsewhere.popup, 'Sign in').click();
  await expect(elsewhere.contact('Ada').or(elsewhere.popup.getByText(words('emptyTitle')))).toBeVisible();
});

test('a deleted account is gone everywhere, and its calls with it', async ({ ada, grace, someone }) => {
  const emmy = await someone('Emmy');
  await connect(ada, emmy, 'audio');
  const settings = await emmy.openPage('settings');
  await button(settings, words('deleteAccount')).click();
  const dialog = settings.getByRole('alertdialog', { name: words('deleteAccountTitle') });
  await expect(button(dialog, words('cancel'))).toBeFocused();
  await settings.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await emmy.signedIn();

  await button(settings, words('deleteAccount')).click();
  await field(dialog, 'Password').fill('not the password');
  await button(dialog, words('deleteAccount')).click();
  await expect(dialog.getByText(words('problemWrongPassword'))).toBeVisible();
  await inspectPage(settings, { state: 'settings-delete-account', as: 'tab' });
  await field(dialog, 'Password').fill(PASSWORD);
  await button(dialog, words('deleteAccount')).click();

  // The notice is visible for fifteen seconds, so it is checked before the pages are inspected.
  expect(await ada.ended()).toBe('hung-up');
  await expect(settings.getByText(words('problemAccountDeleted'))).toBeVisible();
  await inspectPage(settings, { state: 'settings-account-deleted', as: 'tab' });
  await expect(emmy.popup.getByText(words('problemAccountDeleted'))).toBeVisible();
  await expect(field(emmy.popup, 'Username')).toHaveValue('');
  await inspectPage(emmy.popup, { state: 'popup-account-deleted', as: 'popup' });
  await emmy.released();
  for (const person of [ada, grace]) await expect(person.contact('Emmy')).toBeHidden();
  expect(
    await emmy.ask('sign-in', {
      serverUrl: (await ada.signedIn()).serverUrl,
      insecureConfirmed: false,
      username: 'emmy',
      password: PASSWORD,
    }),
  ).toEqual({ ok: false, code: 'wrong-credentials' });
});
