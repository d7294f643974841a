import type { Locator, Page } from '@playwright/test';
import { Desktop } from './support/desktop.ts';
import { inspectPage } from './support/inspect-page.ts';
import type { Person } from './support/person.ts';
import { startServer } from './support/start-server.ts';
import { expect, test } from './support/test.ts';
import { words } from './support/words.ts';

/** Opens the conversation with somebody, from the popup's list. */
const openConversation = async (person: Person, name: string): Promise<void> => {
  await person.button(`Message ${name}`).click();
  await expect(person.popup.getByRole('textbox', { name: `Message to ${name}` })).toBeFocused();
};

const log = (page: Page, name: string): Locator => page.getByRole('log', { name: `Messages with ${name}` });

const write = async (page: Page, name: string, text: string): Promise<void> => {
  const box = page.getByRole('textbox', { name: `Message to ${name}` });
  await box.fill(text);
  await box.press('Enter');
  await expect(box).toHaveValue('');
};

const unread = (person: Person, name: string): Promise<number> =>
  person.snapshot().then(({ unread: list }) => list.find((each) => each.name === name)?.count ?? 0);

const badge = (person: Person): Promise<string> =>
  person.popup.evaluate(() => chrome.action.getBadgeText({}));

test('a conversation: sent, delivered, read, typing, unread count, search, a link', async ({ someone }) => {
  const [ines, jun] = [await someone('Ines'), await someone('Jun')];
  await openConversation(ines, 'Jun');
  await inspectPage(ines.popup, { state: 'popup-conversation-empty', as: 'popup' });

  await test.step('a message arrives at once, and counts as unread', async () => {
    await write(ines.popup, 'Jun', 'Lunch at the Café at noon? 🥗');
    await expect(log(ines.popup, 'Jun')).toContainText('Lunch at the Café at noon? 🥗');
    await expect(log(ines.popup, 'Jun').getByText(words('markDelivered'))).toBeAttached();
    await expect(jun.button('Message Ines')).toHaveAccessibleDescription(words('unreadMessages', '1'));
    await expect.poll(() => badge(jun)).toBe('1');
    await inspectPage(jun.popup, { state: 'popup-contacts-unread', as: 'popup' });
  });

  await test.step('opening the conversation reads it', async () => {
    await openConversation(jun, 'Ines');
    await expect(log(jun.popup, 'Ines')).toContainText('Lunch at the Café at noon? 🥗');
    await expect(log(ines.popup, 'Jun').getByText(words('markRead'))).toBeAttached();
    await expect.poll(() => unread(jun, 'Ines')).toBe(0);
    await expect.poll(() => badge(jun)).toBe('');
  });

  await test.step('a hint while the other writes', async () => {
    await jun.popup.getByRole('textbox').pressSequentially('Yes');
    await expect(ines.popup.getByText(words('isTyping', 'Jun'))).toBeVisible();
    await jun.popup.getByRole('textbox').press('Shift+Enter');
    await jun.popup.getByRole('textbox').pressSequentially('Where?');
    await expect(log(jun.popup, 'Ines')).not.toContainText('Where?');
    await jun.popup.getByRole('textbox').press('Enter');
    await expect(log(ines.popup, 'Jun')).toContainText('Yes\nWhere?');
    await expect(ines.popup.getByText(words('isTyping', 'Jun'))).toBeHidden();
  });

  await test.step('links lead to the web alone, in a tab of their own, and say where to', async () => {
    await write(
      ines.popup,
      'Jun',
      'Here: https://example.org/map, not javascript:alert(1) <img src=x> https://bank.example@evil.example/x',
    );
    const links = log(jun.popup, 'Ines').getByRole('link');
    await expect(links).toHaveCount(2);
    await expect(links.first()).toHaveAttribute('href', 'https://example.org/map');
    for (const link of await links.all()) {
      await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
      await expect(link).toHaveAttribute('target', '_blank');
    }
    await expect(log(jun.popup, 'Ines')).toContainText(words('linkGoesTo', 'evil.example'));
    await expect(log(jun.popup, 'Ines').locator('img')).toHaveCount(0);
  });

  await test.step('search finds words of both people, and opens the conversation', async () => {
    await write(jun.popup, 'Ines', '好的，中午见');
    await expect(log(ines.popup, 'Jun')).toContainText('好的，中午见');
    await inspectPage(ines.popup, { state: 'popup-conversation', as: 'popup' });
    await ines.button('Search messages').click();
    const box = ines.popup.getByRole('searchbox', { name: 'Search messages' });
    const found = ines.popup.getByRole('list', { name: words('messagesFound') });
    await box.fill('cafe');
    await expect(found.getByRole('listitem')).toHaveCount(1);
    await box.fill('中午');
    await expect(found).toContainText('好的，中午见');
    await inspectPage(ines.popup, { state: 'popup-message-search', as: 'popup' });
    await box.fill('zebra');
    await expect(ines.popup.getByText(words('searchNothing', 'zebra'))).toBeVisible();
    await box.fill('中午');
    await found.getByRole('button').click();
    await expect(log(ines.popup, 'Jun')).toContainText('好的，中午见');
  });

  await test.step('the conversation and what was typed are there again when the popup was closed', async () => {
    await ines.popup.getByRole('textbox').fill('half a thou');
    await ines.popup.reload();
    await expect(ines.popup.getByRole('textbox', { name: 'Message to Jun' })).toHaveValue('half a thou');
    await ines.button('Back').click();
    await ines.popup.reload();
    await expect(ines.contact('Jun')).toBeVisible();
  });

  await test.step('a call that rings while somebody types takes nothing from the text', async () => {
    await openConversation(ines, 'Jun');
    const box = ines.popup.getByRole('textbox', { name: 'Message to Jun' });
    const text = 'Nothing of this may be lost. '.repeat(6);
    await box.fill('');
    const typed = box.pressSequentially(text, { delay: 20 });
    await jun.button('Back').click();
    await jun.call('Ines', 'audio');
    await expect(ines.ringing()).toBeVisible();
    await typed;
    await expect(box).toBeFocused();
    await expect(box).toHaveValue(text);
    await inspectPage(ines.popup, { state: 'popup-ringing-while-typing', as: 'popup' });
  });

  await test.step('a half-written reply to a call becomes the draft, and the field has the focus again', async () => {
    await ines.ringing().getByRole('button', { name: 'Decline with a message' }).click();
    const reply = ines.ringing().getByRole('textbox', { name: words('quickReplyOwn') });
    await reply.fill('I will call you');
    await ines.popup.reload();
    await expect(reply).toHaveValue('I will call you');
    await jun.button('Cancel call').click();
    await expect(ines.ringing()).toBeHidden();
    const box = ines.popup.getByRole('textbox', { name: 'Message to Jun' });
    await expect(box).toHaveValue('I will call you');
    await expect(box).toBeFocused();
  });
});

test('messages for somebody who is away wait for them', async ({ someone }) => {
  const [kofi, lena] = [await someone('Kofi'), await someone('Lena')];
  await lena.ask('sign-out', {});
  await openConversation(kofi, 'Lena');
  for (const text of ['one', 'two']) await write(kofi.popup, 'Lena', text);
  await expect(log(kofi.popup, 'Lena').getByText(words('markSent'))).toHaveCount(2);
  const again = await someone('Lena');
  await expect(again.button('Message Kofi')).toHaveAccessibleDescription(words('unreadMessages', '2'));
  await expect(log(kofi.popup, 'Lena').getByText(words('markDelivered'))).toHaveCount(2);
  await openConversation(again, 'Kofi');
  await expect(log(again.popup, 'Kofi')).toContainText('two');
  await expect(log(kofi.popup, 'Lena').getByText(words('markRead'))).toHaveCount(2);
});

test('a message written without a server is sent once, when the server is back', async ({
  closing,
  someone,
}) => {
  const data = `sqlite:${test.info().outputPath('messages.db')}`;
  const first = await startServer({ DATABASE_URL: data });
  const [mona, nils] = [await someone('Mona', {}, first), await someone('Nils', {}, first)];
  await openConversation(mona, 'Nils');
  const { port } = new URL(first.url);
  await first.stop();
  await write(mona.popup, 'Nils', 'Are you there?');
  await expect(log(mona.popup, 'Nils').getByTitle(words('markWaiting'))).toBeAttached();
  await inspectPage(mona.popup, { state: 'popup-message-waiting', as: 'popup' });
  closing({ close: (await startServer({ DATABASE_URL: data, PORT: port })).stop });
  await mona.ask('reconnect', {});
  await expect(log(mona.popup, 'Nils').getByText(words('markSent'))).toBeAttached();
  await expect(log(mona.popup, 'Nils').getByTitle(words('markWaiting'))).toHaveCount(0);
  await nils.ask('reconnect', {});
  await expect.poll(() => unread(nils, 'Mona')).toBe(1);
});

test('a call is declined with a message', async ({ someone }) => {
  const [olga, pavel] = [await someone('Olga'), await someone('Pavel')];
  await olga.call('Pavel', 'audio');
  await pavel.ringing().getByRole('button', { name: 'Decline with a message' }).click();
  await inspectPage(pavel.popup, { state: 'popup-decline-with-message', as: 'popup' });
  await pavel.button('Can’t talk now').click();
  expect(await olga.ended()).toBe('declined');
  await expect(olga.button('Message Pavel')).toHaveAccessibleDescription(words('unreadMessages', '1'));
  await openConversation(olga, 'Pavel');
  await expect(log(olga.popup, 'Pavel')).toContainText('Can’t talk now');

  await olga.button('Back').click();
  await olga.call('Pavel', 'audio');
  await pavel.ringing().getByRole('button', { name: 'Decline with a message' }).click();
  await pavel.popup.getByRole('textbox', { name: words('quickReplyOwn') }).fill('In 5 minutes');
  await pavel.button('Decline and send').click();
  expect(await olga.ended()).toBe('declined');
  await openConversation(olga, 'Pavel');
  await expect(log(olga.popup, 'Pavel')).toContainText('In 5 minutes');
});

test('messages beside a call, whose letters are no shortcuts', async ({ someone }) => {
  const [quinn, rosa] = [await someone('Quinn'), await someone('Rosa')];
  await quinn.call('Rosa', 'audio');
  await rosa.accept();
  await Promise.all([quinn.connected(), rosa.connected()]);
  const window = await quinn.callWindow();
  const rosas = await rosa.callWindow();
  await quinn.button('Messages', window).click();
  await write(window, 'Rosa', 'My microphone is very quiet');
  await expect(quinn.button('Mute microphone', window)).toBeVisible();
  await expect(rosa.button('Messages', rosas)).toHaveAccessibleDescription(words('unreadMessages', '1'));
  await rosa.button('Messages', rosas).click();
  await expect(log(rosas, 'Quinn')).toContainText('My microphone is very quiet');
  await expect(log(window, 'Rosa').getByText(words('markRead'))).toBeAttached();
  await inspectPage(window, { state: 'call-window-messages', as: 'window' });
  await quinn.button('Messages', window).click();
  await expect(log(window, 'Rosa')).toBeHidden();
});

(process.platform === 'linux' ? test : test.fixme)(
  'a quiet notification says who wrote, not what, and goes when it is read',
  async ({ someone, closing }) => {
    const desktop = closing(await Desktop.start());
    const [sven, tara] = [await someone('Sven'), await someone('Tara', { desktop })];
    await tara.stopWorker();
    await openConversation(sven, 'Tara');
    await write(sven.popup, 'Tara', 'secret plans');
    const shown = await desktop.notification('Message from Sven');
    expect(shown.buttons).toEqual([]);
    expect(shown.body).not.toContain('secret');
    await tara.becomeIdle('locked');
    await openConversation(tara, 'Sven');
    await expect(log(tara.popup, 'Sven')).toContainText('secret plans');
    // On a locked screen nobody has read it, however open the conversation is.
    expect(await unread(tara, 'Sven')).toBe(1);
    expect(desktop.notifications()).toHaveLength(1);
    await tara.becomeIdle('active');
    await expect.poll(() => desktop.notifications()).toEqual([]);
  },
);
