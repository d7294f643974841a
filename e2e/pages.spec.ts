import { expectPicture } from './support/in-call.ts';
import { inspectPage } from './support/inspect-page.ts';
import { pressByKeyboard, tabTo } from './support/keyboard.ts';
import { Person } from './support/person.ts';
import { startServer } from './support/start-server.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

test('popup and call window through a call, as they look', async ({ ada, grace }) => {
  await expect(ada.contact('Grace')).toContainText('Available');
  await inspectPage(ada.popup, { state: 'popup-contacts', as: 'popup' });
  const idle = await grace.openPage('call-window');
  await expect(idle.getByText(words('noCallTitle'), { exact: true })).toBeVisible();
  await inspectPage(idle, { state: 'call-window-no-call', as: 'window' });

  await ada.call('Grace');
  await expect(ada.popup.getByText(words('stateRinging'))).toBeVisible();
  await inspectPage(ada.popup, { state: 'popup-ringing-out', as: 'popup' });
  const adasWindow = await ada.callWindow();
  await expect(ada.button('Cancel call', adasWindow)).toBeVisible();
  await expectPicture(adasWindow, 'Your video');
  await inspectPage(adasWindow, { state: 'call-window-ringing-out', as: 'window' });
  await expect(grace.ringing().getByRole('button', { name: 'Accept', exact: true })).toBeEnabled();
  for (const page of [grace.popup, idle]) await expect(grace.ringing(page)).toContainText(/Ada\s*@ada/);
  await inspectPage(grace.popup, { state: 'popup-ringing-in-video', as: 'popup' });
  await inspectPage(idle, { state: 'call-window-ringing-in', as: 'window' });
  await idle.close();

  await grace.accept();
  await Promise.all([ada.connected(), grace.connected()]);
  await expectPicture(adasWindow, 'Video of Grace');
  await inspectPage(adasWindow, { state: 'call-window-video-call', as: 'window' });
  await inspectPage(ada.popup, { state: 'popup-video-call', as: 'popup' });
  await grace.button('Mute microphone').click();
  await grace.button('Turn camera off').click();
  await expect(adasWindow.getByLabel('Video of Grace', { exact: true })).not.toBeVisible();
  await expect(adasWindow.getByText(words('remoteMuted', 'Grace'))).toBeVisible();
  await inspectPage(adasWindow, { state: 'call-window-other-muted-and-unseen', as: 'window' });
  await inspectPage(grace.popup, { state: 'popup-muted', as: 'popup' });

  await grace.button('Hang up').click();
  await ada.ended();
  await expect(adasWindow.getByText(words('endedHungUp'), { exact: false })).toBeVisible();
  await inspectPage(adasWindow, { state: 'call-window-ended', as: 'window' });
  await expect(ada.popup.getByText(words('endedHungUp'), { exact: false })).toBeVisible();
  await inspectPage(ada.popup, { state: 'popup-ended', as: 'popup' });
});

test('an audio call as it looks, with a third person ringing into it', async ({ ada, grace, someone }) => {
  const linus = await someone('Linus');
  await test.step('names that look the same, and one that reads from right to left', async () => {
    const isCalled = async (displayName: string): Promise<void> => {
      expect(await linus.ask('rename', { displayName })).toEqual({ ok: true });
    };
    await isCalled('\u0410d\u0430');
    for (const username of ['@ada', '@linus']) {
      await expect(grace.popup.getByRole('listitem').filter({ hasText: username })).toHaveCount(1);
    }
    await expect(grace.popup.getByRole('button', { name: /^Call Ada \(@ada/ })).toBeVisible();
    await inspectPage(grace.popup, { state: 'popup-names-alike', as: 'popup' });
    await isCalled('לינוס!');
    await expect(grace.button('Call \u2068לינוס!\u2069')).toBeVisible();
    await inspectPage(grace.popup, { state: 'popup-name-right-to-left', as: 'popup' });
    await isCalled('Linus');
    await expect(grace.button('Call Linus')).toBeVisible();
  });
  await ada.call('Grace', 'audio');
  await expect(grace.ringing().getByRole('button', { name: 'Accept', exact: true })).toBeEnabled();
  await inspectPage(grace.popup, { state: 'popup-ringing-in-audio', as: 'popup' });
  await linus.call('Grace', 'audio');
  await expect(grace.ringing()).toContainText('Linus');
  await inspectPage(grace.popup, { state: 'popup-two-calls-ringing', as: 'popup' });
  await linus.button('Cancel call').click();
  await linus.ended();
  await inspectPage(linus.popup, { state: 'popup-cancelled', as: 'popup' });
  await grace.accept();
  await Promise.all([ada.connected(), grace.connected()]);
  await inspectPage(await grace.callWindow(), { state: 'call-window-audio-call', as: 'window' });
});

test('a call by keyboard alone: dial, accept, mute, hang up, dismiss', async ({ ada, grace }) => {
  await expect(ada.contact('Grace')).toContainText('Available');
  // Tab reaches only one row of the list; typed letters lead to a person.
  const list = ada.popup.getByRole('list', { name: 'Contacts' });
  await tabTo(ada.popup, list.locator('[tabindex="0"]').first());
  await ada.popup.keyboard.type('Grace');
  await expect(ada.button('Call Grace')).toBeFocused();
  await ada.popup.keyboard.press('Enter');
  const accept = grace.ringing().getByRole('button', { name: 'Accept', exact: true });
  await expect(accept).toBeEnabled();
  await pressByKeyboard(grace.popup, accept);
  await Promise.all([ada.connected(), grace.connected()]);

  await pressByKeyboard(ada.popup, ada.button('Mute microphone'), 'Space');
  await pressByKeyboard(ada.popup, ada.button('Unmute microphone'), 'Space');
  await pressByKeyboard(ada.popup, ada.button('Turn camera on'), 'Space');
  await tabTo(ada.popup, ada.button('Turn camera off'));
  await tabTo(ada.popup, ada.button('Open call window'));
  const window = await grace.callWindow();
  for (const name of ['Mute microphone', 'Turn camera on', 'Hang up'])
    await tabTo(window, grace.button(name, window));
  await window.keyboard.press('Enter');
  expect(await ada.ended()).toBe('hung-up');
  await expect(window.getByRole('region', { name: words('callEnded') })).toBeFocused();
  await window.keyboard.press('Tab');
  await expect(grace.button(words('callAgain'), window)).toBeFocused();
  await pressByKeyboard(ada.popup, ada.button(words('dismiss')));
  await expect.poll(async () => (await ada.snapshot()).call).toBeNull();

  await test.step('the rest of the popup', async () => {
    const status = ada.popup.getByRole('combobox', { name: 'Status' }).or(ada.button('Status'));
    await tabTo(ada.popup, status);
    await tabTo(ada.popup, ada.button('Video call Grace'));
    await tabTo(
      ada.popup,
      ada.button(words('settings')).or(ada.popup.getByRole('link', { name: words('settings') })),
    );
  });
});

test('settings: every part, by keyboard', async ({ someone }) => {
  const person = await someone('Radia');
  const page = await person.openPage('settings');
  await expect(page.getByText('Radia', { exact: true })).toBeVisible();
  await inspectPage(page, { state: 'settings', as: 'tab' });

  const volume = page.getByRole('slider', { name: words('ringtoneVolume') });
  await tabTo(page, volume);
  const before = Number(await volume.inputValue());
  await page.keyboard.press('ArrowLeft');
  await expect
    .poll(async () => (await person.snapshot()).settings.ringtoneVolume)
    .toBeCloseTo((before - 5) / 100);
  await pressByKeyboard(page, page.getByRole('switch', { name: words('ringtoneSilent') }), 'Space');
  await expect.poll(async () => (await person.snapshot()).settings.ringtoneSilent).toBe(true);

  await test.step('the report holds no secret, name or address', async () => {
    await person.browser.context
      .grantPermissions(['clipboard-read', 'clipboard-write'])
      .catch(() => undefined);
    await pressByKeyboard(page, page.getByRole('button', { name: words('copyReport') }));
    await expect(page.getByText(words('reportCopied'))).toBeVisible();
    const answer = await person.ask('report', {});
    const { report } = answer.ok ? answer : { report: '' };
    expect(report).toContain('Quick Call');
    expect(report).not.toMatch(/radia/i);
    expect(report).not.toMatch(/127\.0\.0\.1|localhost|\.local\b/);
    const { serverUrl } = await person.signedIn();
    expect(report).not.toContain(new URL(serverUrl).host);
  });

  await test.step('signing out asks first, and Escape changes nothing', async () => {
    const signOut = page.getByRole('button', { name: words('signOut'), exact: true }).first();
    await pressByKeyboard(page, signOut);
    const dialog = page.getByRole('alertdialog', { name: words('signOutTitle') });
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole('button', { name: words('cancel') })).toBeFocused();
    await inspectPage(page, { state: 'settings-sign-out', as: 'tab' });
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await person.signedIn();
    await pressByKeyboard(page, signOut);
    await pressByKeyboard(page, dialog.getByRole('button', { name: words('signOut') }));
    await expect(page.getByText(words('notSignedIn'))).toBeVisible();
    await inspectPage(page, { state: 'settings-signed-out', as: 'tab' });
  });
  await inspectPage(person.popup, { state: 'popup-signed-out', as: 'popup' });

  await test.step('what was typed to sign in is there again when the popup was closed, except the password', async () => {
    const { popup } = person;
    await popup.getByText(words('newAccount'), { exact: true }).click();
    await popup.getByLabel(words('displayName')).fill('Radia P.');
    await popup.getByLabel(words('username'), { exact: true }).fill('radia2');
    await popup.getByLabel(words('password'), { exact: true }).fill('correct horse battery');
    await popup.reload();
    await expect(popup.getByRole('radio', { name: words('newAccount') })).toBeChecked();
    await expect(popup.getByLabel(words('displayName'))).toHaveValue('Radia P.');
    await expect(popup.getByLabel(words('username'), { exact: true })).toHaveValue('radia2');
    await expect(popup.getByLabel(words('password'), { exact: true })).toHaveValue('');
    const kept = await popup.evaluate(() => JSON.stringify(localStorage));
    expect(kept).not.toContain('correct horse');
  });
});

test('popup: without other people, and without a server', async ({ someone, closing }) => {
  const server = await startServer();
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (!stopped) await server.stop();
    stopped = true;
  };
  closing({ close: stop });
  const person = await someone('Barbara', {}, server);
  await expect(person.popup.getByText(words('emptyTitle'))).toBeVisible();
  await inspectPage(person.popup, { state: 'popup-nobody-yet', as: 'popup' });
  await stop();
  await expect(person.popup.getByText(words('offlineTitle'), { exact: false }).first()).toBeVisible();
  await inspectPage(person.popup, { state: 'popup-no-connection', as: 'popup' });
});

test('Simplified Chinese throughout', async ({ server, closing }) => {
  const person = closing(
    await Person.signedUp('Hedy', server.url, {
      args: ['--lang=zh-CN'],
      env: { LANGUAGE: 'zh_CN', LANG: 'zh_CN.UTF-8' },
    }),
  );
  await expect(person.popup.locator('html')).toHaveAttribute('lang', /^zh/);
  await inspectPage(person.popup, { state: 'popup-contacts-zh', as: 'popup' });
  for (const name of ['welcome', 'settings', 'call-window'] as const) {
    const page = await person.openPage(name);
    await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
    await expect(page.getByText(/\p{Script=Han}/u).first()).toBeVisible();
    await inspectPage(page, { state: `${name}-zh`, as: name === 'call-window' ? 'window' : 'tab' });
    await page.close();
  }
});
