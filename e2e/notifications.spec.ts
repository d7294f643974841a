import { Desktop } from './support/desktop.ts';
import { expectCapture, expectReleased, expectSound } from './support/in-call.ts';
import { liveCapture } from './support/media-probe.ts';
import { expect, test } from './support/test.ts';

// Elsewhere Chromium shows notifications through the operating system, where no stand-in can take them.
const RUNS_HERE = process.platform === 'linux';

(RUNS_HERE ? test : test.fixme)(
  'the desktop notification is pressed for real, with the service worker asleep',
  async ({ ada, someone, closing }) => {
    const desktop = closing(await Desktop.start());
    const linus = await someone('Linus', { desktop });
    // No page of the extension is open, so only the notification tells of the call.
    await linus.popup.goto('about:blank');
    const ringing = () => desktop.notifications().filter(({ title }) => title === 'Ada is calling');
    const asleep = async (): Promise<void> => {
      await linus.stopWorker();
      expect(await linus.workerRuns()).toBe(false);
    };

    await test.step('it names the caller and offers both answers', async () => {
      await asleep();
      await ada.call('Linus', 'video');
      const shown = await desktop.notification('Ada is calling');
      expect(shown).toMatchObject({ buttons: ['Accept', 'Decline'], stays: true });
      expect(await liveCapture(linus.phone)).toEqual([]);
    });

    await test.step('Decline, worker asleep', async () => {
      await asleep();
      desktop.press(await desktop.notification('Ada is calling'), 'Decline');
      expect(await ada.ended()).toBe('declined');
      await expect.poll(ringing).toEqual([]);
      await ada.reset();
    });

    await test.step('it goes when the caller gives up', async () => {
      await ada.call('Linus', 'audio');
      await desktop.notification('Ada is calling');
      await ada.button('Cancel call').click();
      // A silent notification then tells of the missed call (history.spec.ts).
      await expect.poll(ringing).toEqual([]);
      await ada.reset();
    });

    await test.step('Accept, worker asleep: the call window opens and the call runs', async () => {
      await ada.call('Linus', 'video');
      const shown = await desktop.notification('Ada is calling');
      await asleep();
      desktop.press(shown, 'Accept');
      const window = await linus.page('call-window');
      await ada.connected();
      await expect(linus.callRegion(window)).toContainText('Ada');
      await expectCapture(linus, ['audio', 'video']);
      await expectSound(ada);
      await expectSound(linus);
      await expect.poll(ringing).toEqual([]);
      await linus.button('Hang up', window).click();
      expect(await ada.ended()).toBe('hung-up');
      await expectReleased(ada, linus);
    });
  },
);
