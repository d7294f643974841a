import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOidcProvider } from '../testkit/server/start-oidc-provider.ts';
import { inspectPage } from './support/inspect-page.ts';
import { Person } from './support/person.ts';
import { runAdmin } from './support/run-admin.ts';
import { startServer } from './support/start-server.ts';
import { expect, test } from './support/test.ts';
import { until } from './support/until.ts';
import { words } from './support/words.ts';

test('sign-in at an OpenID Connect provider, in its own window', async ({ closing }) => {
  const provider = await startOidcProvider();
  closing({ close: () => provider.stop() });
  const folder = await mkdtemp(join(tmpdir(), 'quick-call-provider-'));
  closing({ close: () => rm(folder, { recursive: true, force: true }) });
  const databaseUrl = `sqlite:${join(folder, 'quick-call.db')}`;
  const server = await startServer({
    DATABASE_URL: databaseUrl,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: 'quick-call',
    OIDC_CLIENT_SECRET: 'secret',
    OIDC_NAME: 'Example Club',
    REGISTRATION: 'invite',
  });
  closing({ close: () => server.stop() });
  provider.register({
    clientId: 'quick-call',
    clientSecret: 'secret',
    redirectUri: `${server.url}/oidc/callback`,
  });
  const person = closing(await Person.open('Radia'));
  const page = await person.openPage('welcome');
  const { context } = person.browser;

  await page.getByRole('textbox', { name: 'Server address' }).fill(server.url);
  await page.getByRole('button', { name: words('continue') }).click();
  const go = page.getByRole('button', { name: words('signInWith', 'Example Club') });
  await expect(go).toBeVisible();
  await inspectPage(page, { state: 'welcome-account-provider', as: 'tab' });
  const providersWindow = () =>
    until(() => context.pages().find((each) => each.url().startsWith(provider.issuer)), {
      what: 'the provider’s window',
    });

  await test.step('the window closed: said in words, and nothing else happens', async () => {
    await go.click();
    await (await providersWindow()).close();
    await expect(page.getByText(words('problemProviderClosed'))).toBeVisible();
    await expect(go).toBeEnabled();
  });

  const inviteCode = page.getByRole('textbox', { name: words('inviteCode') });
  await test.step('somebody new is asked for an invite', async () => {
    await expect(inviteCode).toBeHidden();
    await go.click();
    const visit = await providersWindow();
    await visit.getByPlaceholder('Enter any login').fill('Radia Perlman');
    await visit.getByPlaceholder('and password').fill('any');
    await visit.getByRole('button', { name: 'Sign-in' }).click();
    await visit.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText(words('problemInviteNeeded'))).toBeVisible();
    await expect(inviteCode).toBeVisible();
    expect(visit.isClosed()).toBe(true);
    await inspectPage(page, { state: 'welcome-account-provider-invite-needed', as: 'tab' });
  });

  await test.step('signed in with the invite; the provider still knows them', async () => {
    const [code = ''] = (await runAdmin(databaseUrl, 'invites', 'create')).split('\n');
    await inviteCode.fill(code);
    await go.click();
    await expect(page.getByRole('heading', { name: words('devicesTitle') })).toBeVisible();
    const { account } = await person.signedIn();
    expect(account).toMatchObject({ username: 'radia.perlman', displayName: 'Radia Perlman' });
  });

  await test.step('an account without a password is never asked for one, not even to delete it', async () => {
    const settings = await person.openPage('settings');
    const remove = settings.getByRole('button', { name: words('deleteAccount') });
    await expect(remove).toBeVisible();
    await expect(settings.getByRole('button', { name: words('changePassword') })).toBeHidden();
    await remove.click();
    const dialog = settings.getByRole('alertdialog', { name: words('deleteAccountTitle') });
    await expect(dialog.getByRole('textbox')).toHaveCount(0);
    await dialog.getByRole('button', { name: words('deleteAccount') }).click();
    await expect(settings.getByText(words('problemAccountDeleted'))).toBeVisible();
  });
});
