import type { CallSample } from '../../extension/ipc/call-details.ts';
import { callSamples } from '../support/call-samples.ts';
import { fakeMicrophone } from '../support/fake-microphone.ts';
import { figure } from '../support/figure.ts';
import { connect, expectNoPicture, expectPicture, expectSound } from '../support/in-call.ts';
import { inspectPage } from '../support/inspect-page.ts';
import { Network } from '../support/network.ts';
import type { Person } from '../support/person.ts';
import { startServer } from '../support/start-server.ts';
import { expect, test } from '../support/test.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

/** As many as real cameras give, because this file measures the pictures that are sent. */
const FPS = 20;

/** Milliseconds until a condition on somebody's newest sample holds. */
const timeUntil = async (
  person: Person,
  what: string,
  holds: (sample: CallSample) => boolean,
  timeout: number,
): Promise<number> => {
  const start = performance.now();
  await until(
    async () => {
      const newest = (await callSamples(person)).at(-1);
      return newest !== undefined && holds(newest);
    },
    { what: `${person.name}: ${what}`, timeout },
  );
  return Math.round(performance.now() - start);
};

test('at 120 kbit/s the picture makes room for the sound, and comes back by itself', async ({
  closing,
  someone,
}, info) => {
  const network = closing(new Network());
  const machines = {
    server: network.host('server'),
    abel: network.host('abel'),
    bess: network.host('bess'),
  };
  const server = closing(
    await startServer({}, machines.server).then((it) => ({ ...it, close: () => it.stop() })),
  );
  const args = await fakeMicrophone('voice', info.outputDir);
  const abel = await someone('Abel', { host: machines.abel, fps: FPS, args }, server);
  const bess = await someone('Bess', { host: machines.bess, fps: FPS, args }, server);
  const people = [abel, bess];
  await connect(abel, bess);
  const [abelsWindow, besssWindow] = [await abel.callWindow(), await bess.callWindow()];
  await expectPicture(abelsWindow, 'Video of Bess');
  await expectPicture(besssWindow, 'Video of Abel');
  for (const person of people) {
    await timeUntil(person, 'a call as it should be', ({ bitrateOut }) => bitrateOut > 250_000, 30_000);
    expect((await person.snapshot()).call?.quality, `${person.name}’s mark`).toBeNull();
  }

  const slowed = network.slow(machines.bess, 120);
  const slowedAt = Date.now();
  await test.step('the picture is paused within 10 s, and both people see a text about it', async () => {
    const took = await Promise.all(
      people.map((person) => timeUntil(person, 'the picture to rest', ({ resting }) => resting, 20_000)),
    );
    figure('picture rests after', `${took.join(' and ')} ms (10 s asked)`);
    for (const ms of took) expect(ms).toBeLessThanOrEqual(10_000);
    for (const person of people) {
      await timeUntil(person, 'nothing of the picture', ({ pictureOut }) => pictureOut === null, 6_000);
    }
    await expect(besssWindow.getByText(words('remoteResting', 'Abel'))).toBeVisible();
    await expect(abelsWindow.getByText(words('qualityResting'), { exact: false })).toBeVisible();
    await expect(abel.popup.getByText(words('qualityResting'), { exact: false })).toBeVisible();
    await expectNoPicture(besssWindow, 'Video of Abel');
    await expect(abel.button('Turn camera off', abelsWindow)).toBeVisible();
    await inspectPage(besssWindow, { state: 'call-window-picture-rests', as: 'window' });
    await inspectPage(abel.popup, { state: 'popup-picture-rests', as: 'popup' });
  });

  await test.step('at most 5 % of the sound is concealed, also while the picture is tried again', async () => {
    // Long enough for two tries.
    for (const person of people) {
      await until(async () => (await callSamples(person)).filter(({ at }) => at > slowedAt).length >= 22, {
        what: '44 s of samples',
        timeout: 60_000,
      });
      const samples = (await callSamples(person)).filter(({ at }) => at > slowedAt);
      const shares = samples.flatMap(({ concealed }) => concealed ?? []);
      const share = shares.reduce((sum, each) => sum + each, 0) / shares.length;
      const resting = samples.filter((sample) => sample.resting).length / samples.length;
      figure(
        `${person.name}: sound made up`,
        `${(share * 100).toFixed(1)} % (5 % asked), at rest ${(resting * 100).toFixed(0)} % of the time`,
      );
      expect(share).toBeLessThanOrEqual(0.05);
      await expectSound(person);
    }
  });

  await test.step('one click turns the camera off instead', async () => {
    await bess.button(words('turnMyCameraOff')).click();
    await expect(bess.button('Turn camera on')).toBeVisible();
    await expect(bess.popup.getByText(words('qualityResting'), { exact: false })).toBeHidden();
  });

  await test.step('the picture comes back by itself', async () => {
    slowed.heal();
    const took = await timeUntil(
      abel,
      'the whole picture',
      ({ pictureOut }) => (pictureOut?.height ?? 0) >= 360,
      75_000,
    );
    figure('picture of 360 lines again after', `${String(took)} ms`);
    await expectPicture(besssWindow, 'Video of Abel');
    await expect(besssWindow.getByText(words('remoteResting', 'Abel'))).toBeHidden();
    await expect(abelsWindow.getByText(words('qualityFair'), { exact: false })).toBeHidden({
      timeout: 20_000,
    });
  });
});

test('a connection that loses packets is marked, until it has been good for a while', async ({
  closing,
  someone,
}, info) => {
  const network = closing(new Network());
  const machines = { server: network.host('server'), cora: network.host('cora'), dirk: network.host('dirk') };
  const server = closing(
    await startServer({}, machines.server).then((it) => ({ ...it, close: () => it.stop() })),
  );
  const args = await fakeMicrophone('voice', info.outputDir);
  const cora = await someone('Cora', { host: machines.cora, fps: FPS, args }, server);
  const dirk = await someone('Dirk', { host: machines.dirk, fps: FPS, args }, server);
  await connect(cora, dirk, 'audio');
  await timeUntil(cora, 'a direct path', ({ path }) => path?.local === 'host', 15_000);
  const notice = cora.popup.getByText(words('qualityPoor'));
  await expect(notice).toBeHidden();

  const lossy = network.lose(15, machines.cora, machines.dirk);
  await expect(notice).toBeVisible();
  // A camera that is off cannot be turned off.
  await expect(cora.button(words('turnMyCameraOff'))).toBeHidden();
  await until(
    async () => (await callSamples(cora)).filter(({ lossIn }) => (lossIn ?? 0) > 0.05).length >= 8,
    { what: '16 s of loss', timeout: 40_000 },
  );
  const samples = (await callSamples(cora)).filter(({ lossIn }) => (lossIn ?? 0) > 0.05);
  const mean = (of: 'lossIn' | 'concealed'): number =>
    samples.reduce((sum, sample) => sum + (sample[of] ?? 0), 0) / samples.length;
  figure(
    'packets lost, and sound made up',
    `${(mean('lossIn') * 100).toFixed(1)} %, ${(mean('concealed') * 100).toFixed(1)} %`,
  );
  // Each frame comes twice: what is lost once is not lost.
  expect(mean('concealed')).toBeLessThan(mean('lossIn') * 0.6);

  lossy.heal();
  await expect(notice).toBeHidden({ timeout: 30_000 });
  await expect.poll(async () => (await cora.snapshot()).call?.quality, { timeout: 30_000 }).toBeNull();
});
