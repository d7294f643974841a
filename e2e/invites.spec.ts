import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { inspectPage } from './support/inspect-page.ts';
import { Person } from './support/person.ts';
import { runAdmin } from './support/run-admin.ts';
import { startServer } from './support/start-server.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('an invite-only server: the operator makes a code, two people sign up with it, one account is disabled', async ({
  closing,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'quick-call-invites-'));
  closing({ close: () => rm(folder, { recursive: true, force: true }) });
  const databaseUrl = `sqlite:${join(folder, 'quick-call.db')}`;
  const server = await startServer({ DATABASE_URL: databaseUrl, REGISTRATION: 'invite' });
  closing({ close: () => server.stop() });
  const admin = (...args: string[]): Promise<string> => runAdmin(databaseUrl, ...args);
  const [code = '', link = ''] = (await admin('invites', 'create', '--uses', '2')).split('\n');

  const rosalind = closing(await Person.open('Rosalind'));
  await test.step('the welcome page asks for the code', async () => {
    const page = await rosalind.openPage('welcome');
    await field(page, 'Server address').fill(server.url);
    await press(page, words('continue'));
    await page.getByText(words('newAccount')).click();
    await field(page, 'Display name').fill('Rosalind');
    await field(page, 'Username').fill('rosalind');
    await field(page, 'Password').fill('correct horse battery');
    await field(page, 'Invite code').fill('AAAA-BBBB-CCCC-DDDD');
    await press(page, 'Create account');
    await expect(page.getByText(words('problemInviteInvalid'))).toBeVisible();
    await inspectPage(page, { state: 'welcome-account-invite-invalid', as: 'tab' });
    await field(page, 'Invite code').fill(code.toLowerCase().replaceAll('-', ' '));
    await press(page, 'Create account');
    await expect(page.getByRole('heading', { name: words('devicesTitle') })).toBeVisible();
  });

  const chien = closing(await Person.open('Chien'));
  await test.step('the popup learns that it needs one, and takes the link', async () => {
    const { popup } = chien;
    await field(popup, 'Server address').fill(server.url);
    await popup.getByText(words('newAccount')).click();
    await field(popup, 'Display name').fill('Chien');
    await field(popup, 'Username').fill('chien');
    await field(popup, 'Password').fill('correct horse battery');
    await expect(field(popup, 'Invite code')).toBeHidden();
    await press(popup, 'Create account');
    await expect(popup.getByText(words('problemInviteNeeded'))).toBeVisible();
    await inspectPage(popup, { state: 'popup-sign-up-invite-needed', as: 'popup' });
    await field(popup, 'Invite code').fill(link);
    await press(popup, 'Create account');
    await expect(chien.contact('Rosalind')).toContainText('Available');
  });

  await test.step('the operator disables an account: its phone is signed out', async () => {
    await admin('users', 'disable', 'rosalind');
    await expect(rosalind.popup.getByText(words('problemUnauthorized'))).toBeVisible();
    await expect(chien.contact('Rosalind')).toContainText('Offline');
  });
});
