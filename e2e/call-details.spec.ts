import { connect, expectPicture } from './support/in-call.ts';
import { inspectPage } from './support/inspect-page.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

/**
 * A text that people send to others must never contain these: addresses, ICE fragments and passwords, tokens.
 */
const SECRETS = [
  /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/,
  /[\da-f]{1,4}::?[\da-f]{1,4}:/i,
  /\.local\b/,
  /ufrag|usernameFragment|password|token|candidate:/i,
  /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i,
];

test('the details of a call: open, read, copy, close by key', async ({ ada, grace }) => {
  await connect(ada, grace);
  const window = await ada.callWindow();
  await expectPicture(window, 'Video of Grace');
  const button = ada.button('Call details', window);
  const panel = window.getByRole('complementary', { name: 'Call details' });
  await expect(panel).toBeHidden();

  await button.click();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  await expect(panel).toContainText(words('detailsPathDirect'));
  await expect(panel.getByRole('img', { name: words('detailsBitrate') })).toBeVisible();
  await expect(panel.getByRole('img', { name: words('detailsRoundTrip') })).toHaveAccessibleName(/\d ms/);
  // A line takes two samples.
  await expect(panel.locator('path.in').first()).toHaveAttribute('d', /L/);
  await expect(panel).toContainText(/VP8 \d+×\d+, \d+ fps/);
  await inspectPage(window, { state: 'call-window-details', as: 'window' });

  await test.step('the copied text has the figures, and neither address nor secret', async () => {
    await ada.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined);
    await window.evaluate(() => {
      // Reading the clipboard is a permission that extension pages cannot be given here: what is written is kept.
      navigator.clipboard.writeText = (text) => {
        document.title = text;
        return Promise.resolve();
      };
    });
    await ada.button('Copy details', window).click();
    await expect(panel).toContainText(words('detailsCopied'));
    const copied = await window.title();
    expect(JSON.parse(copied)).toHaveProperty('samples.0.path.protocol', 'udp');
    for (const secret of SECRETS) expect(copied).not.toMatch(secret);
  });

  await test.step('Escape closes it, and the focus is where it was', async () => {
    await window.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(button).toBeFocused();
    await window.keyboard.press('Enter');
    await expect(panel).toBeVisible();
    await ada.button('Messages', window).click();
    await expect(panel).toBeHidden();
  });
});

test('in a silent call, silence is not taken for a dead path', async ({ ada, grace }) => {
  await connect(ada, grace, 'audio');
  const phases = await ada.popup.evaluateHandle(() => {
    const seen: string[] = [];
    const port = chrome.runtime.connect({ name: 'snapshots' });
    port.onMessage.addListener((slices: { call?: { phase: { kind: string } } | null }) => {
      if (slices.call) seen.push(slices.call.phase.kind);
    });
    return seen;
  });
  await ada.button('Mute microphone').click();
  await grace.button('Mute microphone').click();
  const window = await ada.callWindow();
  await ada.button('Call details', window).click();
  const panel = window.getByRole('complementary', { name: 'Call details' });
  // With discontinuous transmission only an occasional frame and heartbeats are sent.
  await expect
    .poll(
      async () => {
        const label = await panel
          .getByRole('img', { name: words('detailsBitrate') })
          .getAttribute('aria-label');
        return Number(/: (\d+) kb\/s received, (\d+) kb\/s sent/.exec(label ?? '')?.[2] ?? '1000');
      },
      { message: 'bit rate of silence' },
    )
    .toBeLessThan(15);
  expect(new Set(await phases.jsonValue())).toEqual(new Set(['active']));
});
