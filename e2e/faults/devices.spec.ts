import { EXTENSION_ORIGIN } from '../support/extension.ts';
import { fakeMicrophone } from '../support/fake-microphone.ts';
import { connect, expectNoPicture, expectPicture, expectSilence, expectSound } from '../support/in-call.ts';
import { inspectPage } from '../support/inspect-page.ts';
import {
  openDevices,
  playedOver,
  plugIn,
  sentAfter,
  steerDevices,
  takeCamera,
  unplug,
} from '../support/machine-devices.ts';
import { figure } from '../support/figure.ts';
import type { Person } from '../support/person.ts';
import { expect, test } from '../support/test.ts';
import { words } from '../support/words.ts';

/** Within how many milliseconds the call must go on with another device. */
const WITHIN = 1_000;

/** Chromium's process that cameras are opened in. */
const CAMERA_SERVICE = 'video_capture.mojom.VideoCaptureService';

const HEADSET = 'Fake Audio Input 1';
const BUILT_IN = 'Fake Default Audio Input';

const choose = async (person: Person, role: 'microphone' | 'camera' | 'speaker', label: string) => {
  const { devices } = await person.snapshot();
  const device = devices[role].devices.find((each) => each.label === label) ?? null;
  expect(device, `${label} at ${person.name}`).not.toBeNull();
  expect(await person.ask('choose-device', { role, device })).toEqual({ ok: true });
};

const says = (person: Person, text: string) => expect(person.callRegion()).toContainText(text);

/** Waits until the call sends from this device, and expects that soon after the device was plugged in or unplugged. */
const sentSoon = async (person: Person, device: string, what: string): Promise<void> => {
  await expect.poll(() => sentAfter(person.phone, device)).not.toBeNull();
  const took = Math.round((await sentAfter(person.phone, device)) ?? 0);
  figure(`${what}, ms`, took);
  expect(took).toBeLessThan(WITHIN);
};

test('a headset that is unplugged, muted or not, and comes back (injected: its track ends, the browser lists it no more)', async ({
  ada,
  someone,
}) => {
  const clara = await someone('Clara', { devices: 'many' });
  await steerDevices(clara.phone);
  await choose(clara, 'microphone', HEADSET);
  await choose(clara, 'speaker', 'Fake Audio Output 1');
  await connect(ada, clara, 'audio');
  await expectSound(ada);
  expect(await openDevices(clara.phone)).toEqual([HEADSET]);

  await test.step('unplugged', async () => {
    await unplug(clara.phone, HEADSET);
    await sentSoon(clara, BUILT_IN, 'unplugged microphone to the default');
    await says(clara, words('microphoneLost', HEADSET));
    await says(clara, words('deviceInstead', BUILT_IN));
    await inspectPage(clara.popup, { state: 'popup-microphone-gone', as: 'popup' });
    await expectSound(ada);
  });

  await test.step('plugged in again', async () => {
    await plugIn(clara.phone, HEADSET);
    await sentSoon(clara, HEADSET, 'plugged in again to in use');
    await says(clara, words('microphoneBack', HEADSET));
    await expect.poll(() => openDevices(clara.phone)).toEqual([HEADSET]);
    await expectSound(ada);
  });

  await test.step('unplugged while muted: stays muted', async () => {
    await clara.button('Mute microphone').click();
    await expectSilence(ada);
    await unplug(clara.phone, HEADSET);
    await sentSoon(clara, BUILT_IN, 'unplugged microphone to the default, muted');
    await expectSilence(ada);
    await expect(clara.button('Unmute microphone')).toBeVisible();
    await clara.button('Unmute microphone').click();
    await expectSound(ada);
  });

  await test.step('the speaker goes, and comes back', async () => {
    expect(await playedOver(clara.phone)).toBe('Fake Audio Output 1');
    const since = performance.now();
    await unplug(clara.phone, 'Fake Audio Output 1');
    await expect.poll(() => playedOver(clara.phone), { intervals: [20] }).toBe('');
    const took = Math.round(performance.now() - since);
    figure('unplugged speaker to the default, at most, ms', took);
    expect(took).toBeLessThan(WITHIN);
    await says(clara, words('speakerLost', 'Fake Audio Output 1'));
    await expectSound(clara);
    await plugIn(clara.phone, 'Fake Audio Output 1');
    await expect.poll(() => playedOver(clara.phone)).toBe('Fake Audio Output 1');
    await says(clara, words('speakerBack', 'Fake Audio Output 1'));
  });

  await clara.button('Hang up').click();
  expect(await ada.ended()).toBe('hung-up');
  await clara.released();
});

test('a camera that is unplugged, and one that another program takes (injected: its track ends, and it cannot be opened)', async ({
  ada,
  someone,
}) => {
  const clara = await someone('Annika', { devices: 'many' });
  await steerDevices(clara.phone);
  await choose(clara, 'camera', 'fake_device_3');
  await connect(ada, clara);
  const adasWindow = await ada.callWindow();
  const window = await clara.callWindow();
  await expectPicture(adasWindow, 'Video of Annika');

  await test.step('unplugged: the other camera', async () => {
    await unplug(clara.phone, 'fake_device_3');
    await sentSoon(clara, 'fake_device_0', 'unplugged camera to the default');
    await says(clara, words('cameraLost', 'fake_device_3'));
    await expectPicture(window, 'Your video');
    await expectPicture(adasWindow, 'Video of Annika');
  });

  await test.step('taken by another program: sound alone, in words', async () => {
    const giveBack = await takeCamera(clara.phone);
    await says(clara, words('cameraInUse'));
    await expectNoPicture(window, 'Your video');
    await expectNoPicture(adasWindow, 'Video of Annika');
    await inspectPage(window, { state: 'call-window-camera-taken', as: 'window' });
    await Promise.all([expectSound(ada), expectSound(clara)]);
    await giveBack();
    await clara.button('Turn camera on', window).click();
    await expectPicture(adasWindow, 'Video of Annika');
  });

  await test.step('open, and without a picture: avatar and words, and it comes back by itself (really: its process hangs)', async () => {
    const stopped = performance.now();
    await clara.browser.signal('SIGSTOP', CAMERA_SERVICE);
    await says(clara, words('cameraGivesNoPicture'));
    await expectNoPicture(window, 'Your video');
    await expectNoPicture(adasWindow, 'Video of Annika');
    figure('a camera that hangs is told at both sides, ms', Math.round(performance.now() - stopped));
    await expect(clara.button('Turn camera off', window)).toBeVisible();
    await expectSound(ada);
    await clara.browser.signal('SIGCONT', CAMERA_SERVICE);
    await expectPicture(window, 'Your video');
    await expectPicture(adasWindow, 'Video of Annika');
  });

  await clara.button('Hang up', window).click();
  expect(await ada.ended()).toBe('hung-up');
  await clara.released();
});

test('permission to capture taken back in the call, and given again (really: by the browser)', async ({
  ada,
  someone,
}) => {
  const maria = await someone('Maria');
  await connect(ada, maria);
  await Promise.all([expectSound(ada), expectSound(maria)]);
  const set = async (setting: 'granted' | 'denied'): Promise<void> => {
    for (const name of ['microphone', 'camera']) {
      await maria.browser.protocol.send('Browser.setPermission', {
        origin: EXTENSION_ORIGIN,
        permission: { name },
        setting,
      });
    }
  };

  await set('denied');
  await says(maria, words('microphonePermissionDenied'));
  await says(maria, words('cameraPermissionDenied'));
  await maria.released();
  await expect(ada.callRegion()).toContainText(words('remoteMuted', 'Maria'));
  await expectSilence(ada);
  // She still hears Ada, and no message says that a device was unplugged.
  await expectSound(maria);
  await expect(maria.popup.getByText(words('deviceInstead', '').slice(0, 5))).toHaveCount(0);
  await inspectPage(maria.popup, { state: 'popup-permission-revoked', as: 'popup' });

  await test.step('the way to give it again', async () => {
    await maria.button(words('allowMicrophone')).click();
    await maria.page('welcome');
  });
  await set('granted');
  await expectSound(ada);
  await expectPicture(await ada.callWindow(), 'Video of Maria');
  await expect(maria.popup.getByText(words('microphonePermissionDenied'))).toHaveCount(0);

  await test.step('taken back while muted: stays muted when it is given again', async () => {
    await maria.popup.bringToFront();
    await maria.button('Mute microphone').click();
    await expectSilence(ada);
    await set('denied');
    await says(maria, words('cameraPermissionDenied'));
    await set('granted');
    await expectPicture(await ada.callWindow(), 'Video of Maria');
    await expect(maria.button('Unmute microphone')).toBeVisible();
    await expectSilence(ada);
    await maria.button('Unmute microphone').click();
    await expectSound(ada);
  });

  await maria.button('Hang up').click();
  expect(await ada.ended()).toBe('hung-up');
  await maria.released();
});

test('a person whose microphone gives only silence is told so (the fake one plays a file of zeros)', async ({
  ada,
  someone,
}) => {
  const lucy = await someone('Lucy', { args: await fakeMicrophone('nothing', test.info().outputDir) });
  await connect(ada, lucy, 'audio');
  await expectSound(lucy);
  await says(lucy, words('microphoneSilent'));
  await inspectPage(lucy.popup, { state: 'popup-microphone-silent', as: 'popup' });
  await expect(ada.callRegion()).not.toContainText(words('microphoneSilent'));
  await lucy.button('Mute microphone').click();
  await expect(lucy.callRegion()).not.toContainText(words('microphoneSilent'));
  await lucy.button('Hang up').click();
  await ada.ended();
  await lucy.released();
});
