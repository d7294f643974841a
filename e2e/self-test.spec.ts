import type { Page } from '@playwright/test';
import { Desktop } from './support/desktop.ts';
import { EXTENSION_ORIGIN } from './support/extension.ts';
import { inspectPage } from './support/inspect-page.ts';
import { liveCapture } from './support/media-probe.ts';
import type { Person } from './support/person.ts';
import { startServer } from './support/start-server.ts';
import { startStunServer } from './support/stun-server.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

type Words = Parameters<typeof words>[0];

// Elsewhere Chromium shows notifications through the operating system, where no stand-in can take them.
const RUNS_HERE = process.platform === 'linux';

const line = (page: Page, name: Words) =>
  page
    .getByRole('list', { name: words('selfTestChecks') })
    .getByRole('listitem')
    .filter({ hasText: words(name) });
const press = (page: Page, name: Words) =>
  page.getByRole('button', { name: words(name), exact: true }).click();
/** Waits until no check runs any more. A server that does not answer takes five seconds. */
const tried = (page: Page) =>
  expect(page.getByRole('button', { name: words('selfTestAgain') })).toBeEnabled({ timeout: 30_000 });

const openSelfTest = async (person: Person): Promise<Page> => {
  const settings = await person.openPage('settings');
  await press(settings, 'selfTestTitle');
  return person.page('self-test');
};

(RUNS_HERE ? test : test.fixme)(
  'would I ring: everything is tried for real, and works',
  async ({ someone, closing }) => {
    const desktop = closing(await Desktop.start());
    const stun = closing(await startStunServer());
    const server = await startServer({ STUN_URLS: stun.url });
    closing({ close: () => server.stop() });
    const hedy = await someone('Hedy', { desktop }, server);
    const page = await openSelfTest(hedy);
    await inspectPage(page, { state: 'self-test', as: 'tab' });
    await press(page, 'selfTestStart');
    await tried(page);
    for (const name of [
      'checkPhone',
      'checkServer',
      'checkAccount',
      'checkTestCall',
      'checkIceServers',
      'checkMicrophone',
      'checkCamera',
      'checkNotifications',
    ] as const) {
      await expect.soft(line(page, name)).toContainText(words('checkGood'));
    }
    // The fake microphone does not hear the speaker, so only the person can tell.
    await expect(line(page, 'checkSpeaker')).toContainText(words('askHeardTone'));
    await expect(page.getByText(words('selfTestAsks'))).toBeVisible();
    await inspectPage(page, { state: 'self-test-asks', as: 'tab' });
    await line(page, 'checkSpeaker')
      .getByRole('button', { name: words('answerYes') })
      .click();
    desktop.press(await desktop.notification(words('selfTestNotification')), words('answerYes'));
    await expect(line(page, 'checkNotificationButtons')).toContainText(words('checkGood'));
    await expect(page.getByText(words('selfTestGood'))).toBeVisible();
    await expect.poll(() => desktop.notifications()).toEqual([]);
    await press(page, 'copyReport');
    await expect(page.getByText(words('reportCopied'))).toBeVisible();

    // No call has rung, and no device is still open.
    const { call, incoming } = await hedy.snapshot();
    expect({ call, incoming }).toEqual({ call: null, incoming: [] });
    expect(await liveCapture(hedy.phone)).toEqual([]);
  },
);

test('would I ring: each obstacle is named, with one way to remove it', async ({ someone, closing }) => {
  const silent = await startStunServer();
  await silent.close();
  const server = await startServer({ STUN_URLS: silent.url });
  closing({ close: () => server.stop() });
  const person = await someone('Frances', { permissions: 'denied' }, server);
  const page = await openSelfTest(person);
  await press(page, 'selfTestStart');
  await tried(page);
  await expect(page.getByText(words('selfTestWrong'))).toBeVisible();
  await expect(line(page, 'checkTestCall')).toContainText(words('checkGood'));
  await expect(line(page, 'checkIceServers')).toContainText(words('fixIceServers'));
  await expect(line(page, 'checkMicrophone')).toContainText(words('microphonePermissionDenied'));
  await expect(line(page, 'checkCamera')).toContainText(words('cameraPermissionDenied'));
  await inspectPage(page, { state: 'self-test-wrong', as: 'tab' });

  await test.step('the microphone is allowed, and its check alone is repeated', async () => {
    await person.browser.protocol.send('Browser.setPermission', {
      origin: EXTENSION_ORIGIN,
      permission: { name: 'microphone' },
      setting: 'granted',
    });
    await line(page, 'checkMicrophone')
      .getByRole('button', { name: words('checkAgain') })
      .click();
    await expect(line(page, 'checkMicrophone')).toContainText(words('checkGood'));
  });

  await test.step('a "no" is an answer', async () => {
    await line(page, 'checkSpeaker')
      .getByRole('button', { name: words('answerNo') })
      .click();
    await expect(line(page, 'checkSpeaker')).toContainText(words('fixSpeaker'));
  });

  await test.step('without a server', async () => {
    await server.stop();
    await press(page, 'selfTestAgain');
    await tried(page);
    for (const name of ['checkServer', 'checkAccount', 'checkTestCall'] as const) {
      await expect(line(page, name)).toContainText(words('problemServerUnreachable'));
    }
    await expect(line(page, 'checkPhone')).toContainText(words('checkGood'));
  });
});
