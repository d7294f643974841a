import type { Browser } from './support/launch-browser.ts';
import { Desktop } from './support/desktop.ts';
import { EXTENSION_ORIGIN, pageUrl } from './support/extension.ts';
import { PhoneWindow } from './support/phone-window.ts';
import { expect, test } from './support/test.ts';

/** Opens the popup at the toolbar's icon, and attaches to it: no session of Playwright's reaches it. */
const openRealPopup = async ({ context, protocol }: Browser): Promise<PhoneWindow> => {
  const { targetInfos } = await protocol.send('Target.getTargets');
  const before = new Set(targetInfos.map(({ targetId }) => targetId));
  const worker = context.serviceWorkers().find((each) => each.url().startsWith(EXTENSION_ORIGIN));
  await worker?.evaluate(() => chrome.action.openPopup());
  return PhoneWindow.attachTo(
    protocol,
    ({ url, targetId }) => url === pageUrl('popup') && !before.has(targetId),
  );
};

/** The height of the popup, and which of these controls are not wholly inside it, where nothing has been scrolled. */
const look = async (
  popup: PhoneWindow,
  selectors: string[],
): Promise<{ height: number; outside: string[] }> =>
  popup.evaluate((wanted) => {
    const outside = wanted.filter((selector) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return !box || box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth;
    });
    return { height: innerHeight, outside };
  }, selectors);

/** The least that is in view on each page: nobody scrolls to answer a call. */
const RINGING = ['.accept', '.decline'];
const CALL = ['[aria-label="Hang up"]', '[aria-label="Mute microphone"]'];
const CONVERSATION = ['header [aria-label="Back"]', 'textarea', '.send'];

(process.platform === 'linux' ? test : test.fixme)(
  'the popup at the toolbar, at every zoom: answers, hang up, field and header are in view',
  async ({ grace, someone, closing }) => {
    const desktop = closing(await Desktop.start());
    for (const [zoom, height] of [
      [1.25, 480],
      [1.5, 400],
      [2, 300],
    ] as const) {
      await test.step(`${String(zoom * 100)} %`, async () => {
        const iris = await someone('Iris', { desktop, zoom });
        const inspect = async (selectors: string[]): Promise<void> => {
          const popup = await openRealPopup(iris.browser);
          await expect.poll(() => look(popup, selectors)).toEqual({ height, outside: [] });
          await popup.close();
        };
        await iris.button('Message Grace').click();
        await expect(iris.popup.getByRole('textbox', { name: 'Message to Grace' })).toBeVisible();
        await inspect(CONVERSATION);
        await iris.button('Back').click();
        await grace.call('Iris');
        await expect(iris.ringing()).toBeVisible();
        await inspect(RINGING);
        await iris.ask('accept', {});
        await iris.connected();
        await inspect(CALL);
        await grace.reset();
        await iris.close();
      });
    }
  },
);
