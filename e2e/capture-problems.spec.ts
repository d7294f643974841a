import type { Page } from '@playwright/test';
import { connect, expectCapture, expectPicture, expectSound } from './support/in-call.ts';
import { inspectPage } from './support/inspect-page.ts';
import type { Person } from './support/person.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

const says = async (page: Page, text: string): Promise<void> => {
  await expect(page.getByText(text)).toBeVisible();
};

/** They hear and see the caller, and hang up like anyone. */
const expectListening = async (caller: Person, listener: Person): Promise<void> => {
  await expectSound(listener);
  await expectPicture(await listener.callWindow(), 'Video of Ada');
  await listener.button('Hang up').click();
  expect(await caller.ended()).toBe('hung-up');
  await listener.released();
};

test('microphone and camera refused: the page says how to allow them, and the person can listen', async ({
  ada,
  someone,
}) => {
  const linus = await someone('Linus', { permissions: 'denied' });
  await connect(ada, linus);
  await says(linus.popup, words('microphonePermissionDenied'));
  await says(linus.popup, words('cameraPermissionDenied'));
  await inspectPage(linus.popup, { state: 'popup-call-capture-blocked', as: 'popup' });
  await inspectPage(await linus.callWindow(), { state: 'call-window-capture-blocked', as: 'window' });
  await expectListening(ada, linus);
});

test('permission never requested: the page offers to request it where the browser can ask', async ({
  ada,
  someone,
}) => {
  const linus = await someone('Barbara', { permissions: 'ask' });
  await connect(ada, linus);
  await says(linus.popup, words('microphonePermissionNeeded'));
  await inspectPage(linus.popup, { state: 'popup-call-permission-needed', as: 'popup' });
  await linus.button(words('allowMicrophone')).click();
  await linus.page('welcome');
  await expectListening(ada, linus);
});

test('no camera: a call with sound alone, and the other is seen', async ({ ada, someone }) => {
  const linus = await someone('Edsger', { devices: 'microphone' });
  await connect(ada, linus);
  await says(linus.popup, words('cameraNotFound'));
  await expectCapture(linus, ['audio']);
  await expectSound(ada);
  await inspectPage(linus.popup, { state: 'popup-call-no-camera', as: 'popup' });
  await expectListening(ada, linus);
});

test('no microphone: the page says so, and the person can listen', async ({ ada, someone }) => {
  const linus = await someone('Alan', { devices: 'none' });
  await connect(ada, linus, 'audio');
  await says(linus.popup, words('microphoneNotFound'));
  await inspectPage(linus.popup, { state: 'popup-call-no-microphone', as: 'popup' });
  await expectSound(linus);
  await linus.button('Hang up').click();
  expect(await ada.ended()).toBe('hung-up');
});

test('camera busy (injected: getUserMedia rejects with NotReadableError)', async ({ ada, someone }) => {
  const linus = await someone('Ken');
  await linus.phone.evaluate(() => {
    const devices = navigator.mediaDevices;
    const getUserMedia = devices.getUserMedia.bind(devices);
    devices.getUserMedia = (constraints) =>
      constraints?.video === undefined || constraints.video === false
        ? getUserMedia(constraints)
        : Promise.reject(new DOMException('Could not start video source', 'NotReadableError'));
  });
  await connect(ada, linus);
  await says(linus.popup, words('cameraInUse'));
  await expectCapture(linus, ['audio']);
  await expectSound(ada);
  await inspectPage(linus.popup, { state: 'popup-call-camera-busy', as: 'popup' });
  await expectListening(ada, linus);
});

test('the caller without a microphone can call all the same', async ({ ada, someone }) => {
  const linus = await someone('Dennis', { permissions: 'denied' });
  await linus.call('Ada', 'audio');
  await ada.accept();
  await Promise.all([ada.connected(), linus.connected()]);
  await says(linus.popup, words('microphonePermissionDenied'));
  await expectSound(linus);
});
