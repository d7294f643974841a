import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { inspectPage } from './support/inspect-page.ts';
import { pressByKeyboard, tabTo } from './support/keyboard.ts';
import { pictureOf } from './support/media-probe.ts';
import { Person } from './support/person.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('first start by keyboard alone: server, account, devices, ready', async ({ server, closing }) => {
  const person = closing(await Person.open('Margaret'));
  const page = await person.openPage('welcome');
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  await expect(field(page, 'Server address')).toBeVisible();
  await inspectPage(page, { state: 'welcome-server', as: 'tab' });
  await tabTo(page, field(page, 'Server address'));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(server.url);
  await page.keyboard.press('Enter');

  await expect(field(page, 'Username')).toBeVisible();
  await expect(page.getByText(words('accountText', server.url))).toBeVisible();
  await inspectPage(page, { state: 'welcome-account', as: 'tab' });
  await tabTo(page, page.getByRole('radio', { checked: true }));
  const newHere = page.getByRole('radio', { name: words('newAccount') });
  if (!(await newHere.isChecked())) await page.keyboard.press('ArrowRight');
  await expect(newHere).toBeChecked();
  await tabTo(page, field(page, 'Display name'));
  await page.keyboard.type('Margaret');
  await tabTo(page, field(page, 'Username'));
  await page.keyboard.type('margaret');
  await tabTo(page, field(page, 'Password'));
  await page.keyboard.type('apollo eleven');
  await pressByKeyboard(page, button('Create account'));

  await expect(page.getByRole('heading', { name: words('devicesTitle') })).toBeVisible();
  await inspectPage(page, { state: 'welcome-devices', as: 'tab' });
  await pressByKeyboard(page, button(words('testMicrophone')));
  const meter = page.getByRole('meter', { name: words('microphoneLevel') });
  // The fake microphone beeps briefly about once a second, so the level is read often enough not to miss it.
  await page.waitForFunction(
    (element) => Number(element.getAttribute('aria-valuenow')) > 0,
    await meter.elementHandle(),
    { polling: 20 },
  );
  await pressByKeyboard(page, button(words('testCamera')));
  await expect.poll(async () => (await pictureOf(page, words('cameraPreview'))).changing).toBe(true);
  await inspectPage(page, { state: 'welcome-devices-working', as: 'tab' });
  await pressByKeyboard(page, button(words('continue')));

  await expect(page.getByRole('heading', { name: words('doneTitle') })).toBeVisible();
  await inspectPage(page, { state: 'welcome-ready', as: 'tab' });
  await expect(
    person.popup.getByText(words('emptyTitle')).or(person.popup.getByRole('list', { name: 'Contacts' })),
  ).toBeVisible();
});

test('what goes wrong is said in words, and what was typed stays', async ({ server, closing }) => {
  const person = closing(await Person.open('Katherine'));
  const page = await person.openPage('welcome');
  const other = createServer((_request, answer) => answer.end('<h1>Something else</h1>'));
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  // A listening TCP server has an address with a port.
  const { port } = other.address() as AddressInfo;
  const elsewhere = `http://127.0.0.1:${String(port)}`;

  await test.step('not an address', async () => {
    await field(page, 'Server address').fill('not an address');
    await press(page, words('continue'));
    await expect(page.getByText(words('problemBadAddress'), { exact: false })).toBeVisible();
    await expect(field(page, 'Server address')).toHaveValue('not an address');
    await inspectPage(page, { state: 'welcome-server-bad-address', as: 'tab' });
  });

  await test.step('not a Quick Call server', async () => {
    await field(page, 'Server address').fill(elsewhere);
    await press(page, words('continue'));
    await expect(page.getByText(words('problemNotAServer'))).toBeVisible();
    await expect(field(page, 'Server address')).toHaveValue(elsewhere);
  });

  await test.step('nobody there', async () => {
    other.closeAllConnections();
    other.close();
    await once(other, 'close');
    await press(page, words('continue'));
    await expect(page.getByText(words('problemServerUnreachable'), { exact: false })).toBeVisible();
    await expect(field(page, 'Server address')).toHaveValue(elsewhere);
  });

  await test.step('a private-network address without TLS needs a confirmation', async () => {
    await field(page, 'Server address').fill('http://192.168.77.7:3000');
    await press(page, words('continue'));
    await expect(page.getByText(words('insecureTitle'), { exact: true })).toBeVisible();
    await expect(page.getByRole('checkbox', { name: words('insecureConfirm') })).toBeVisible();
    await inspectPage(page, { state: 'welcome-server-not-encrypted', as: 'tab' });
  });

  await test.step('a public address without TLS is refused', async () => {
    await field(page, 'Server address').fill('http://calls.example.com');
    await press(page, words('continue'));
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible();
    await expect(field(page, 'Server address')).toBeVisible();
  });

  await test.step('a wrong password', async () => {
    await field(page, 'Server address').fill(server.url);
    await press(page, words('continue'));
    await page.getByText(words('existingAccount')).click();
    await field(page, 'Username').fill('katherine');
    await field(page, 'Password').fill('not the password');
    await press(page, 'Sign in');
    await expect(page.getByText(words('problemWrongCredentials'))).toBeVisible();
    await expect(field(page, 'Username')).toHaveValue('katherine');
    await expect(field(page, 'Password')).toHaveValue('not the password');
    await inspectPage(page, { state: 'welcome-account-wrong-password', as: 'tab' });
  });

  await test.step('a username that is taken, in another case', async () => {
    await page.getByText(words('newAccount')).click();
    await field(page, 'Display name').fill('Katherine');
    await field(page, 'Username').fill('katherine');
    await field(page, 'Password').fill('correct horse battery');
    await press(page, 'Create account');
    await expect(page.getByRole('heading', { name: words('devicesTitle') })).toBeVisible();

    const second = closing(await Person.open('Impostor'));
    const form = second.popup;
    await field(form, 'Server address').fill(server.url);
    await form.getByText(words('newAccount')).click();
    await field(form, 'Display name').fill('Somebody');
    await field(form, 'Username').fill('KATHERINE');
    await field(form, 'Password').fill('correct horse battery');
    await press(form, 'Create account');
    await expect(form.getByText(words('problemUsernameTaken'))).toBeVisible();
    await expect(field(form, 'Username')).toHaveValue('KATHERINE');
    await inspectPage(form, { state: 'popup-sign-in-username-taken', as: 'popup' });
  });
});

test('microphone and camera refused in the welcome page', async ({ someone }) => {
  const person = await someone('Dorothy', { permissions: 'denied' });
  const page = await person.openPage('welcome');
  await press(page, words('allowMicrophone'));
  await expect(page.getByText(words('microphonePermissionDenied'), { exact: false })).toBeVisible();
  await press(page, words('allowCamera'));
  await expect(page.getByText(words('cameraPermissionDenied'), { exact: false })).toBeVisible();
  await inspectPage(page, { state: 'welcome-devices-blocked', as: 'tab' });
  await press(page, words('continueWithoutMicrophone'));
  await expect(page.getByRole('heading', { name: words('doneTitle') })).toBeVisible();
});
