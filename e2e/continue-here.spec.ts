import {
  connect,
  expectCapture,
  expectPicture,
  expectReleased,
  expectSilence,
  expectSound,
} from './support/in-call.ts';
import { inspectPage } from './support/inspect-page.ts';
import { expect, test } from './support/test.ts';
import { until } from './support/until.ts';
import { words } from './support/words.ts';

test('another device takes over a running video call', async ({ someone, ada, grace }) => {
  const second = await someone('Ada');
  await connect(ada, grace);
  const { callId } = (await grace.snapshot()).call ?? {};
  const notice = second.popup.getByRole('region', { name: 'Call on another device' });
  await expect(notice).toContainText('In a call with Grace');
  await expect(notice).toContainText('Chromium on Linux');
  await inspectPage(second.popup, { state: 'popup-call-elsewhere', as: 'popup' });
  await expect(ada.popup.getByRole('region', { name: 'Call on another device' })).toBeHidden();

  await second.button('Continue here').click();
  await second.connected();
  expect(await ada.ended()).toBe('continued-elsewhere');
  // First: an ended call stays in view for fifteen seconds.
  await expect(ada.popup.getByText('Continued on another device.')).toBeVisible();
  await inspectPage(ada.popup, { state: 'popup-continued-elsewhere', as: 'popup' });
  await expectReleased(ada);
  await expectCapture(second, ['audio', 'video']);
  await Promise.all([expectSound(second), expectSound(grace)]);
  await expectPicture(await second.callWindow(), 'Video of Grace');
  await expectPicture(await grace.callWindow(), 'Video of Ada');
  expect((await second.snapshot()).call?.callId).toBe(callId);

  await test.step('the duration goes on', async () => {
    const [here, there] = await Promise.all([second.snapshot(), grace.snapshot()]);
    const since = (call: typeof here.call): number =>
      call?.phase.kind === 'active' ? call.phase.connectedAt : NaN;
    expect(Math.abs(since(here.call) - since(there.call))).toBeLessThan(1_000);
  });

  await test.step('and back, from the first device', async () => {
    await ada.button('Continue here').click();
    await ada.connected();
    expect(await second.ended()).toBe('continued-elsewhere');
    await second.released();
    await Promise.all([expectSound(ada), expectSound(grace)]);
  });

  await ada.button('Hang up').click();
  expect(await grace.ended()).toBe('hung-up');
  await expectReleased(ada, grace);
  await expect(notice).toBeHidden();
});

test('a muted person stays muted on the other device', async ({ someone, ada, grace }) => {
  const second = await someone('Ada');
  await connect(ada, grace);
  await ada.button('Mute microphone').click();
  await ada.button('Turn camera off').click();
  await expectSilence(grace);
  await second.button('Continue here').click();
  await second.connected();
  expect(await ada.ended()).toBe('continued-elsewhere');
  await expect(second.button('Unmute microphone')).toBeVisible();
  await expect(second.button('Turn camera on')).toBeVisible();
  await expectCapture(second, []);
  await expectSilence(grace);
  await expect(grace.popup.getByText(words('remoteMuted', 'Ada'))).toBeVisible();

  await second.button('Unmute microphone').click();
  await expectSound(grace);
  await expectCapture(second, ['audio']);

  await test.step('and back: the microphone is on there now, the camera still is not', async () => {
    await ada.button('Continue here').click();
    await ada.connected();
    await expectCapture(ada, ['audio']);
    await expectSound(grace);
  });
  await ada.button('Hang up').click();
  expect(await grace.ended()).toBe('hung-up');
  await expectReleased(ada, grace);
});

test('a device that cannot connect leaves the call where it is', async ({ someone, ada, grace }) => {
  const second = await someone('Ada');
  await connect(ada, grace, 'audio');
  // An injection: the new connection never learns of the other side's answer.
  await second.phone.evaluate(() => {
    Object.assign(RTCPeerConnection.prototype, {
      setRemoteDescription: () => Promise.reject(new Error('injected')),
    });
  });
  await second.button('Continue here').click();
  await until(async () => (await second.snapshot()).call?.phase.kind === 'connecting', {
    what: 'the second device to try',
  });
  expect(await second.ended(20_000)).toBe('media-failed');
  await second.released();
  expect((await ada.snapshot()).call?.phase.kind).toBe('active');
  expect((await grace.snapshot()).call?.phase.kind).toBe('active');
  await Promise.all([expectSound(ada), expectSound(grace)]);
  await expect(second.button('Continue here')).toBeEnabled();
  await ada.button('Hang up').click();
  expect(await grace.ended()).toBe('hung-up');
  await expectReleased(ada, grace);
});
