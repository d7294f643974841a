import { connect, expectPicture, expectSound } from './support/in-call.ts';
import { Person } from './support/person.ts';
import { expect, test } from './support/test.ts';

test('where the phone’s window cannot be reached, pictures come over a loopback connection', async ({
  ada,
  server,
  closing,
}) => {
  // This test needs its own browser, because it changes the browser for good.
  const linus = closing(await Person.signedUp('Linus', server.url));
  // As in a browser that does not count the offscreen document among an extension's views.
  await linus.browser.context.addInitScript(() => {
    chrome.extension.getViews = () => [];
  });
  await connect(ada, linus);
  const window = await linus.callWindow();
  expect(await window.evaluate(() => chrome.extension.getViews().length)).toBe(0);
  await expectPicture(window, 'Video of Ada');
  await expectPicture(window, 'Your video');
  await expectSound(linus);

  await test.step('also in a window that is opened anew', async () => {
    await window.close();
    const second = await linus.callWindow();
    await expectPicture(second, 'Video of Ada');
    await expectSound(linus);
  });

  await test.step('and through camera off and on', async () => {
    const second = await linus.callWindow();
    await ada.button('Turn camera off').click();
    await expect(second.getByLabel('Video of Ada', { exact: true })).not.toBeVisible();
    await ada.button('Turn camera on').click();
    await expectPicture(second, 'Video of Ada');
  });
});
