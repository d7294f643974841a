import { Desktop } from './support/desktop.ts';
import { connect } from './support/in-call.ts';
import { inspectPage } from './support/inspect-page.ts';
import type { Person } from './support/person.ts';
import { expect, test } from './support/test.ts';
import { until } from './support/until.ts';
import { words } from './support/words.ts';

// Elsewhere Chromium shows notifications through the operating system, where no stand-in can take them.
const RUNS_HERE = process.platform === 'linux';

const NAME = 'Chromium on Linux';

const signedOut = (person: Person): Promise<boolean> =>
  until(async () => (await person.snapshot()).session.kind === 'signed-out', {
    what: 'the device to be signed out',
  });

(RUNS_HERE ? test : test.fixme)(
  'devices are announced, listed and signed out from another',
  async ({ ada, someone, server, closing }) => {
    const desktop = closing(await Desktop.start());
    const first = await someone('Mileva', { desktop });
    const second = closing(await first.secondDevice(server.url));

    await test.step('a quiet notification tells of the new one; a click shows the devices', async () => {
      const notice = await desktop.notification(words('notificationNewDevice', NAME));
      expect(notice.buttons).toEqual([]);
      await first.stopWorker();
      desktop.click(notice);
    });
    const page = await first.page('settings');
    const list = page.getByRole('list', { name: words('devices') });

    await test.step('both are listed, and which one is this', async () => {
      await expect(list.getByRole('listitem')).toHaveCount(2);
      await expect(list.getByText(words('deviceCurrent'))).toHaveCount(1);
      await expect(list.getByText(words('deviceConnected'))).toHaveCount(2);
      await expect(list.getByRole('heading', { name: NAME })).toHaveCount(2);
      await expect(list.getByRole('heading', { name: NAME }).first()).toBeInViewport();
      await inspectPage(page, { state: 'settings-devices', as: 'tab' });
    });

    await test.step('signing one out ends its call and its connection', async () => {
      await connect(second, ada, 'audio');
      await list.getByRole('button', { name: `Sign out ${NAME}` }).click();
      await signedOut(second);
      expect(await ada.ended()).toBe('hung-up');
      await second.released();
      await expect(list.getByRole('listitem')).toHaveCount(1);
      const others = page.getByRole('button', { name: words('devicesSignOutOthers') });
      await expect(others).toBeHidden();
    });

    await test.step('all others at once, after a question', async () => {
      await second.signIn(server.url);
      await page.reload();
      await expect(list.getByRole('listitem')).toHaveCount(2);
      await page.getByRole('button', { name: 'Sign out all other devices' }).click();
      const dialog = page.getByRole('alertdialog', { name: words('devicesSignOutOthersTitle') });
      await inspectPage(page, { state: 'settings-sign-out-others', as: 'tab' });
      await dialog.getByRole('button', { name: words('signOut'), exact: true }).click();
      await signedOut(second);
      await expect(list.getByRole('listitem')).toHaveCount(1);
      await first.signedIn();
    });
  },
);
