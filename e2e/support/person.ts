import { expect, type Locator, type Page, type Worker } from '@playwright/test';
import type { PhoneProtocol } from '../../extension/ipc/protocol.ts';
import type { Snapshot } from '../../extension/ipc/slices.ts';
import type { Session } from '../../extension/ipc/snapshot.ts';
import { launchBrowser, type Browser, type BrowserOptions } from './launch-browser.ts';
import { EXTENSION_ORIGIN, pageUrl, type PageName } from './extension.ts';
import { liveCapture, watchMedia } from './media-probe.ts';
import { PhoneWindow } from './phone-window.ts';
import { until } from './until.ts';

/** The password of all people in these tests. */
export const PASSWORD = 'correct horse battery';

type Command = keyof PhoneProtocol;

/** Stops the extension's service worker. `page`: any of the same browser. */
const stopWorkers = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  // Waits for the event instead of polling, because any event that comes in starts the worker again at once.
  let stopped = false;
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    stopped ||= versions.some(
      ({ scriptURL, runningStatus }) => scriptURL.startsWith(EXTENSION_ORIGIN) && runningStatus === 'stopped',
    );
  });
  await session.send('ServiceWorker.enable');
  const stop = async (): Promise<boolean> => {
    await session.send('ServiceWorker.stopAllWorkers');
    return stopped;
  };
  await until(stop, { what: 'the service worker to stop' });
  await session.detach();
};

const openPage = async ({ context }: Browser, name: PageName): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(pageUrl(name));
  return page;
};

/** One person at one browser: what they see and do, by the names that the design promises. */
export class Person {
  readonly name: string;
  readonly browser: Browser;
  readonly phone: PhoneWindow;
  /** The toolbar's popup, opened as a tab so that it stays. */
  readonly popup: Page;

  private constructor(name: string, browser: Browser, phone: PhoneWindow, popup: Page) {
    this.name = name;
    this.browser = browser;
    this.phone = phone;
    this.popup = popup;
  }

  /** A browser with the extension that is not signed in. */
  static async open(name: string, options: BrowserOptions = {}): Promise<Person> {
    const browser = await launchBrowser(options);
    // The extension opens its welcome page by itself; it would come to the front at any moment later.
    const welcome = await until(
      () => browser.context.pages().find((page) => page.url() === pageUrl('welcome')),
      {
        what: 'the welcome page that a fresh install opens',
      },
    );
    const person = await Person.#meet(name, browser);
    await welcome.close();
    return person;
  }

  /** The popup and the phone of a browser; with `before`, a newer phone than that one, which has ended or is ending. */
  static async #meet(
    name: string,
    browser: Browser,
    before: PhoneWindow | null = null,
    opened: Page | null = null,
  ): Promise<Person> {
    const phone = await PhoneWindow.attach(browser.protocol, before);
    const popup = opened ?? (await openPage(browser, 'popup'));
    await watchMedia(phone);
    return new Person(name, browser, phone, popup);
  }

  /** The same person at the same browser after the extension has restarted, with a new phone and a new popup. */
  again(): Promise<Person> {
    return Person.#meet(this.name, this.browser, this.phone);
  }

  /** Leaves this browser to somebody else: stops the extension and deletes all that it stored. */
  async leave(): Promise<void> {
    const blank = await this.browser.context.newPage();
    const open = this.browser.context.pages().filter((page) => page !== blank);
    await Promise.all(open.map((page) => page.close()));
    await this.phone.close();
    await stopWorkers(blank);
    const session = await this.browser.context.newCDPSession(blank);
    await session.send('Storage.clearDataForOrigin', {
      origin: EXTENSION_ORIGIN,
      storageTypes: 'indexeddb,local_storage',
    });
    await session.detach();
  }

  /** Somebody else at the browser that this person has left. */
  async handedTo(name: string): Promise<Person> {
    // The phone starts when a page asks for it: nothing else wakes the worker.
    const popup = await this.openPage('popup');
    const person = await Person.#meet(name, this.browser, this.phone, popup);
    await until(() => person.snapshot().catch(() => null), { what: 'the phone to answer' });
    return person;
  }

  /** Presses “reload” on the page of extensions, which needs developer mode. */
  async reloadExtension(): Promise<void> {
    await this.#worker().evaluate(() => {
      // Delayed, so that this evaluation is answered before the reload.
      setTimeout(() => {
        chrome.runtime.reload();
      });
    });
  }

  /** Closes the phone's document without warning, as the browser may, while no page is open that would notice. */
  async closePhone(): Promise<void> {
    await this.browser.context.newPage();
    await this.popup.close();
    await this.#worker().evaluate(() => chrome.offscreen.closeDocument());
  }

  /** Whether there is a phone's document. */
  async hasPhone(): Promise<boolean> {
    const { targetInfos } = await this.browser.protocol.send('Target.getTargets');
    return targetInfos.some(({ url }) => url === pageUrl('phone'));
  }

  /** As if the browser had found a newer version of the extension: its event is raised in the worker. */
  async offerUpdate(version: string): Promise<void> {
    await this.#worker().evaluate((found) => {
      // As in `pressShortcut`.
      const event = chrome.runtime.onUpdateAvailable as unknown as { dispatch(details: object): void };
      event.dispatch({ version: found });
    }, version);
  }

  /**
   * A browser with the extension, signed in at a server by a message to the phone instead of by typing. A person
   * without an account there gets one.
   */
  static async signedUp(name: string, serverUrl: string, options: BrowserOptions = {}): Promise<Person> {
    const person = await Person.open(name, options);
    await person.signIn(serverUrl);
    return person;
  }

  /** Another device of the same person. */
  async secondDevice(serverUrl: string, options: BrowserOptions = {}): Promise<Person> {
    const device = await Person.open(this.name, options);
    await device.signIn(serverUrl);
    return device;
  }

  /** Signs in, or up, by a message to the phone. */
  async signIn(serverUrl: string): Promise<void> {
    const username = this.name.toLowerCase();
    // A server in a network of the test's own has no certificate; to one on this machine it makes no difference.
    const account = { serverUrl, insecureConfirmed: true, username, password: PASSWORD };
    const signedUp = await this.ask('sign-up', { ...account, displayName: this.name });
    if (!signedUp.ok) {
      expect(signedUp.code).toBe('username-taken');
      expect(await this.ask('sign-in', account)).toEqual({ ok: true });
    }
    await until(async () => (await this.signedIn()).connection.kind === 'online', {
      what: `${this.name} online`,
    });
  }

  /** Sends the phone a command from the popup's page, as the pages do. */
  async ask<N extends Command>(
    name: N,
    payload: Parameters<PhoneProtocol[N]>[0],
  ): Promise<Awaited<ReturnType<PhoneProtocol[N]>>> {
    const reply: unknown = await this.popup.evaluate(
      ([command, body]) => chrome.runtime.sendMessage({ target: 'phone', name: command, payload: body }),
      [name, payload] as const,
    );
    expect(reply).toMatchObject({ quickCall: 'done' });
    // The reply of this build's own phone, typed by the protocol both sides share.
    return (reply as { value: Awaited<ReturnType<PhoneProtocol[N]>> }).value;
  }

  /** Everything that the phone shows: the first message on a port that does not name its page. */
  snapshot(): Promise<Snapshot> {
    return this.popup.evaluate(
      () =>
        new Promise<Snapshot>((resolve, reject) => {
          const port = chrome.runtime.connect({ name: 'snapshots' });
          port.onMessage.addListener((snapshot: Snapshot) => {
            resolve(snapshot);
            port.disconnect();
          });
          port.onDisconnect.addListener(() => {
            reject(new Error('The phone is not there.'));
          });
        }),
    );
  }

  /** The status that this person is shown of somebody, also while a call is in front of the list. */
  async statusOf(name: string): Promise<string | undefined> {
    return (await this.snapshot()).contacts.find(({ displayName }) => displayName === name)?.status;
  }

  /** The session; the person has to be signed in. */
  async signedIn(): Promise<Extract<Session, { kind: 'signed-in' }>> {
    const { session } = await this.snapshot();
    if (session.kind !== 'signed-in') throw new Error(`${this.name} is not signed in.`);
    return session;
  }

  /** Dials although no button offers it: a view may be out of date, the phone and the server decide. */
  async dialAnyway(name: string, media: 'audio' | 'video' = 'audio'): Promise<void> {
    const { contacts } = await this.snapshot();
    const contact = contacts.find(({ displayName }) => displayName === name);
    if (!contact) throw new Error(`${name} is not among ${this.name}’s contacts.`);
    await this.ask('dial', { userId: contact.userId, media });
  }

  /** The open page of a kind, waiting for it. */
  page(name: PageName): Promise<Page> {
    return until(() => this.browser.context.pages().find((page) => page.url().startsWith(pageUrl(name))), {
      what: `${this.name}’s ${name} page`,
    });
  }

  openPage(name: PageName): Promise<Page> {
    return openPage(this.browser, name);
  }

  /** The call window, opened by its button in the popup if it is not open yet. */
  async callWindow(): Promise<Page> {
    const open = this.browser.context.pages().find((page) => page.url().startsWith(pageUrl('call-window')));
    if (open) return open;
    await this.popup.getByRole('button', { name: 'Open call window' }).click();
    return this.page('call-window');
  }

  contact(name: string): Locator {
    return this.popup
      .getByRole('list', { name: 'Contacts' })
      .getByRole('listitem')
      .filter({ has: this.popup.getByText(name, { exact: true }) });
  }

  /** Waits until the other is free and presses their button. */
  async call(name: string, media: 'audio' | 'video' = 'video'): Promise<void> {
    await expect(this.contact(name)).toContainText('Available');
    const label = media === 'video' ? `Video call ${name}` : `Call ${name}`;
    const button = this.popup.getByRole('button', { name: label, exact: true });
    await expect(button).toBeEnabled();
    // By keyboard: the row moves when others come and go, and a click would then end beside its button.
    await button.press('Enter');
  }

  ringing(page: Page = this.popup): Locator {
    return page.getByRole('alertdialog', { name: 'Incoming call' });
  }

  async accept(button = 'Accept', page: Page = this.popup): Promise<void> {
    await this.ringing(page).getByRole('button', { name: button, exact: true }).click();
  }

  async decline(page: Page = this.popup): Promise<void> {
    await this.ringing(page).getByRole('button', { name: 'Decline', exact: true }).click();
  }

  callRegion(page: Page = this.popup): Locator {
    return page.getByRole('region', { name: 'Call', exact: true });
  }

  button(name: string, page: Page = this.popup): Locator {
    return page.getByRole('button', { name, exact: true });
  }

  /** Waits until the phone says that the call is up. */
  async connected(): Promise<void> {
    await until(async () => (await this.snapshot()).call?.phase.kind === 'active', {
      what: `${this.name}’s call to be active`,
      timeout: 15_000,
    });
  }

  /** Waits for the end of the call, wherever it is shown, and returns its reason. */
  ended(timeout = 10_000): Promise<string> {
    return until(
      async () => {
        const { call } = await this.snapshot();
        return call?.phase.kind === 'ended' && call.phase.reason;
      },
      { what: `the end of ${this.name}’s call`, timeout },
    );
  }

  /** Waits until microphone and camera are off. */
  async released(): Promise<void> {
    await expect.poll(() => liveCapture(this.phone), { message: `${this.name}’s open capture` }).toEqual([]);
  }

  /** Stops the service worker, as the browser does after 30 s of silence. */
  async stopWorker(): Promise<void> {
    if (!(await this.workerRuns())) return;
    await stopWorkers(this.popup);
  }

  /**
   * As if the person had pressed a keyboard shortcut of the extension's. The keys themselves go to the operating
   * system's window and cannot be pressed from here: the browser's event is raised in the worker instead.
   */
  async pressShortcut(command: 'accept' | 'hang-up' | 'toggle-microphone'): Promise<void> {
    await this.#worker().evaluate((name) => {
      // An extension can dispatch Chromium's events to itself, although no type says so.
      const event = chrome.commands.onCommand as unknown as { dispatch(name: string): void };
      event.dispatch(name);
    }, command);
  }

  /**
   * As if nobody had touched this machine for a while, had locked its screen, or used it again. A browser without a
   * display has no such times: the browser's event is raised in the worker instead.
   */
  async becomeIdle(state: 'active' | 'idle' | 'locked'): Promise<void> {
    await this.#worker().evaluate((value) => {
      // As above.
      const event = chrome.idle.onStateChanged as unknown as { dispatch(state: string): void };
      event.dispatch(value);
    }, state);
  }

  #worker(): Worker {
    const workers = this.browser.context.serviceWorkers();
    const worker = workers.find((it) => it.url().startsWith(EXTENSION_ORIGIN));
    if (!worker) throw new Error('The service worker does not run.');
    return worker;
  }

  async workerRuns(): Promise<boolean> {
    const { targetInfos } = await this.browser.protocol.send('Target.getTargets');
    return targetInfos.some(({ type, url }) => type === 'service_worker' && url.startsWith(EXTENSION_ORIGIN));
  }

  /** Back to an idle phone and, unless pages are kept, one popup. */
  async reset({ keepPages = false } = {}): Promise<void> {
    const { call, incoming } = await this.snapshot();
    if (call && call.phase.kind !== 'ended') await this.ask('hang-up', {});
    for (const { callId } of incoming) await this.ask('decline', { callId });
    await until(
      async () => {
        const now = await this.snapshot();
        if (now.call?.phase.kind === 'ended') await this.ask('dismiss', { callId: now.call.callId });
        return now.call === null && now.incoming.length === 0;
      },
      { what: `${this.name}’s phone to be idle` },
    );
    await this.released();
    if (keepPages) return;
    const extra = this.browser.context.pages().filter((page) => page !== this.popup);
    await Promise.all(extra.map((page) => page.close()));
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}
