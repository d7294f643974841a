import {
  connect,
  expectBothFree,
  expectCapture,
  expectNoPicture,
  expectPicture,
  expectReleased,
  expectSilence,
  expectSound,
} from './support/in-call.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

test('a video call: ring, accept, see and hear, mute, camera, hang up', async ({ ada, grace }) => {
  await ada.call('Grace', 'video');
  await expect(ada.button('Cancel call')).toBeVisible();
  await expect(grace.ringing()).toContainText('Ada');
  await expectCapture(grace, []);

  await grace.accept();
  await expect(ada.callRegion()).toContainText('Grace');
  await expect(grace.callRegion()).toContainText('Ada');
  await Promise.all([ada.connected(), grace.connected()]);

  const [adasWindow, gracesWindow] = await Promise.all([ada.callWindow(), grace.callWindow()]);
  await Promise.all([
    expectPicture(adasWindow, 'Video of Grace'),
    expectPicture(adasWindow, 'Your video'),
    expectPicture(gracesWindow, 'Video of Ada'),
    expectPicture(gracesWindow, 'Your video'),
    expectSound(ada),
    expectSound(grace),
  ]);
  await expectCapture(ada, ['audio', 'video']);
  await expectCapture(grace, ['audio', 'video']);

  await test.step('mute takes the sound away at the other side, and only there', async () => {
    await ada.button('Mute microphone').click();
    await expect(ada.button('Unmute microphone')).toBeVisible();
    await expectSilence(grace);
    await expect(grace.callRegion()).toContainText(words('remoteMuted', 'Ada'));
    await expectSound(ada);
    await ada.button('Unmute microphone').click();
    await expectSound(grace);
  });

  await test.step('camera off takes the picture away and closes the camera; on brings both back', async () => {
    await grace.button('Turn camera off', gracesWindow).click();
    await expectNoPicture(adasWindow, 'Video of Grace');
    await expectNoPicture(gracesWindow, 'Your video');
    await expectCapture(grace, ['audio']);
    await grace.button('Turn camera on', gracesWindow).click();
    await expectPicture(adasWindow, 'Video of Grace');
    await expectPicture(gracesWindow, 'Your video');
  });

  await grace.button('Hang up').click();
  expect(await ada.ended()).toBe('hung-up');
  expect(await grace.ended()).toBe('hung-up');
  await expectReleased(ada, grace);
  await expectBothFree(ada, grace);
});

test('an audio call, with a camera turned on later', async ({ ada, grace }) => {
  await connect(ada, grace, 'audio');
  await Promise.all([expectSound(ada), expectSound(grace)]);
  await expectCapture(ada, ['audio']);
  await expectCapture(grace, ['audio']);

  const gracesWindow = await grace.callWindow();
  await ada.button('Turn camera on').click();
  await expectPicture(gracesWindow, 'Video of Ada');
  await expectCapture(ada, ['audio', 'video']);
  await expectCapture(grace, ['audio']);
});

test('accepting without video sees the other and opens no camera', async ({ ada, grace }) => {
  await connect(ada, grace, 'video', 'Accept without video');
  const gracesWindow = await grace.callWindow();
  await expectPicture(gracesWindow, 'Video of Ada');
  await expectNoPicture(await ada.callWindow(), 'Video of Grace');
  await expectCapture(grace, ['audio']);
  await Promise.all([expectSound(ada), expectSound(grace)]);
});

test('the call window can be closed and opened at any moment, and sound goes on', async ({ ada, grace }) => {
  await connect(ada, grace);
  const first = await grace.callWindow();
  await expectPicture(first, 'Video of Ada');

  await first.close();
  await expectSound(grace);
  await expectSound(ada);
  await expect(grace.callRegion()).toContainText('Ada');

  const second = await grace.callWindow();
  await expectPicture(second, 'Video of Ada');
  await expectPicture(second, 'Your video');
  expect((await grace.snapshot()).call?.phase.kind).toBe('active');

  await test.step('closing the popup as well changes nothing', async () => {
    const popup = await ada.openPage('popup');
    await popup.close();
    await expectSound(grace);
  });
});

test('hanging up by a key in the call window, and by the shortcut that works everywhere', async ({
  ada,
  grace,
}) => {
  await connect(ada, grace);
  const window = await ada.callWindow();
  await expectPicture(window, 'Video of Grace');

  await window.keyboard.press('m');
  await expect(ada.button('Unmute microphone', window)).toBeVisible();
  await window.keyboard.press('v');
  await expect(ada.button('Turn camera on', window)).toBeVisible();
  await window.keyboard.press('Shift+H');
  expect(await grace.ended()).toBe('hung-up');
  await expectReleased(ada, grace);
  await Promise.all([ada.reset(), grace.reset()]);

  await connect(ada, grace, 'audio');
  await grace.pressShortcut('toggle-microphone');
  await expect(grace.button('Unmute microphone')).toBeVisible();
  await grace.pressShortcut('hang-up');
  expect(await ada.ended()).toBe('hung-up');
  await expectReleased(ada, grace);
});

test('the shortcut accepts what rings', async ({ ada, grace }) => {
  await ada.call('Grace', 'audio');
  await expect(grace.ringing()).toBeVisible();
  await grace.pressShortcut('accept');
  await Promise.all([ada.connected(), grace.connected()]);
  await grace.page('call-window');
});
