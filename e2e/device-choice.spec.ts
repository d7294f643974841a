import type { Page } from '@playwright/test';
import { fakeMicrophone } from './support/fake-microphone.ts';
import { connect, expectPicture, expectSilence, expectSound } from './support/in-call.ts';
import { inspectPage } from './support/inspect-page.ts';
import { tabTo } from './support/keyboard.ts';
import { openDevices, playedOver } from './support/machine-devices.ts';
import { figure } from './support/figure.ts';
import type { Person } from './support/person.ts';
import { expect, test } from './support/test.ts';
import { concealed, negotiated, watchConnections } from './support/watch-connections.ts';
import { words } from './support/words.ts';

declare global {
  interface Window {
    /** What played the phone's own sounds. */
    sounds?: AudioContext[];
  }
}

const choose = async (page: Page, role: 'microphone' | 'camera' | 'speaker' | 'ringer', device: string) => {
  await page.getByRole('combobox', { name: words(role), exact: true }).selectOption({ label: device });
};
const chosen = (page: Page, role: 'microphone' | 'camera' | 'speaker' | 'ringer') =>
  page.getByRole('combobox', { name: words(role), exact: true }).locator('option:checked');

/** From here on, remembers what plays the phone's own sounds. */
const watchSounds = (person: Person): Promise<void> =>
  person.phone.evaluate(() => {
    const sounds: AudioContext[] = [];
    window.sounds = sounds;
    window.AudioContext = class extends AudioContext {
      constructor(options?: AudioContextOptions) {
        super(options);
        sounds.push(this);
      }
    };
  });
/** Over which devices they were played, first to last. */
const soundedOver = (person: Person): Promise<string[]> =>
  person.phone.evaluate(async () => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return (window.sounds ?? []).map(
      ({ sinkId }) =>
        devices.find(({ kind, deviceId }) => kind === 'audiooutput' && deviceId === sinkId)?.label ?? '',
    );
  });

test('devices are chosen in settings, tried there, kept, and used by a call', async ({ ada, someone }) => {
  const annie = await someone('Annie', {
    devices: 'many',
    args: await fakeMicrophone('voice', test.info().outputDir),
  });
  await Promise.all([watchConnections(annie.phone), watchConnections(ada.phone)]);
  const settings = await annie.openPage('settings');

  await test.step('in settings', async () => {
    await expect(chosen(settings, 'microphone')).toContainText(words('systemDefault'));
    await choose(settings, 'microphone', 'Fake Audio Input 2');
    await choose(settings, 'camera', 'fake_device_3');
    await choose(settings, 'speaker', 'Fake Audio Output 1');
    await choose(settings, 'ringer', 'Fake Audio Output 2');
    await settings.getByRole('button', { name: words('testMicrophone'), exact: true }).click();
    const meter = settings.getByRole('meter', { name: words('microphoneLevel') });
    await expect.poll(async () => Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
    await settings.getByRole('button', { name: words('testCamera'), exact: true }).click();
    await settings.getByLabel(words('cameraPreview'), { exact: true }).scrollIntoViewIfNeeded();
    await expectPicture(settings, words('cameraPreview'));
    await inspectPage(settings, { state: 'settings-sound-and-picture', as: 'tab' });
    await watchSounds(annie);
    await settings.getByRole('button', { name: words('testSpeaker'), exact: true }).click();
    await settings.getByRole('button', { name: words('testRinger'), exact: true }).click();
    await expect.poll(() => soundedOver(annie)).toEqual(['Fake Audio Output 1', 'Fake Audio Output 2']);
    // A page that is left keeps nothing open.
    await settings.reload();
    await expect(chosen(settings, 'microphone')).toHaveText('Fake Audio Input 2');
    await expect(chosen(settings, 'camera')).toHaveText('fake_device_3');
    await expect(meter).toBeHidden();
    await settings.close();
  });

  await connect(ada, annie);
  await expectSound(ada);
  expect(await openDevices(annie.phone)).toEqual(['Fake Audio Input 2', 'fake_device_3']);
  expect(await playedOver(annie.phone)).toBe('Fake Audio Output 1');
  expect((await soundedOver(annie)).at(-1)).toBe('Fake Audio Output 2');
  const window = await annie.callWindow();
  await expectPicture(window, 'Your video');
  const before = await negotiated(annie.phone);
  expect(before).not.toBe('');

  await test.step('another camera, in the call, by keyboard alone', async () => {
    const button = window.getByRole('button', { name: words('soundAndPicture'), exact: true });
    await tabTo(window, button);
    await window.keyboard.press('Enter');
    await expect(window.getByRole('combobox', { name: words('microphone'), exact: true })).toBeFocused();
    await inspectPage(window, { state: 'call-window-devices', as: 'window' });
    await window.keyboard.press('Tab');
    await expect(window.getByRole('combobox', { name: words('camera'), exact: true })).toBeFocused();
    // What a key finds in a list must not mute anybody.
    await window.keyboard.press('Home');
    await window.keyboard.press('ArrowDown');
    await expect.poll(() => openDevices(annie.phone)).toEqual(['Fake Audio Input 2', 'fake_device_0']);
    await expectPicture(window, 'Your video');
    await expectPicture(await ada.callWindow(), 'Video of Annie');
  });

  await test.step('another speaker', async () => {
    await choose(window, 'speaker', 'Fake Audio Output 2');
    await expect.poll(() => playedOver(annie.phone)).toBe('Fake Audio Output 2');
    await expectSound(annie);
  });

  await test.step('another microphone while muted: nobody hears a word of it', async () => {
    await window.keyboard.press('Escape');
    await expect(window.getByRole('combobox', { name: words('camera'), exact: true })).toBeHidden();
    await annie.button('Mute microphone', window).click();
    await expectSilence(ada);
    await expect(window.getByText(words('speakingWhileMuted'))).toBeVisible();
    await inspectPage(window, { state: 'call-window-speaking-while-muted', as: 'window' });
    await window.getByRole('button', { name: words('soundAndPicture'), exact: true }).click();
    await choose(window, 'microphone', 'Fake Audio Input 1');
    await expect.poll(() => openDevices(annie.phone)).toContain('Fake Audio Input 1');
    await expectSilence(ada);
    await window.keyboard.press('Escape');
    await annie.button('Unmute microphone', window).click();
    await expectSound(ada);
  });

  await test.step('another microphone while speaking: no gap that could be heard', async () => {
    const madeUp = await concealed(ada.phone);
    await window.getByRole('button', { name: words('soundAndPicture'), exact: true }).click();
    await choose(window, 'microphone', 'Fake Audio Input 2');
    await expect.poll(() => openDevices(annie.phone)).toEqual(['Fake Audio Input 2', 'fake_device_0']);
    await expectSound(ada);
    const gap = Math.round((await concealed(ada.phone)) - madeUp);
    figure('sound made up at the other side over a change of microphones, ms', gap);
    expect(gap).toBeLessThan(200);
  });

  expect(await negotiated(annie.phone), 'no new negotiation').toBe(before);
  await annie.button('Hang up', window).click();
  await ada.ended();
  await annie.released();
});
