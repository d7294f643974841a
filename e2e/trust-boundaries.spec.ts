import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { EXTENSION_ID, EXTENSION_ORIGIN, pageUrl } from './support/extension.ts';
import { connect } from './support/in-call.ts';
import { openedCapture } from './support/media-probe.ts';
import { expect, test } from './support/test.ts';
import { until } from './support/until.ts';

const OTHER_EXTENSION = fileURLToPath(new URL('other-extension', import.meta.url));

/** A stranger's web page, on its own loopback server. */
const webPage = async (html: string): Promise<{ url: string; close: () => Promise<void> }> => {
  const http = createServer((_request, answer) => answer.setHeader('content-type', 'text/html').end(html));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  // A listening TCP server has an address with a port.
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    close: async () => {
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };
};

test('a web page reaches neither the phone nor the server', async ({ ada, server, closing }) => {
  const site = closing(await webPage('<!doctype html><title>A page</title>'));
  const page = await ada.browser.context.newPage();
  await page.goto(site.url);

  await test.step('no messaging', async () => {
    // Chromium gives web pages this API only if some extension lets them connect.
    expect(await page.evaluate(() => typeof chrome === 'undefined' || !('runtime' in chrome))).toBe(true);
  });

  await test.step('no file of the extension', async () => {
    const loaded = await page.evaluate(
      (url) =>
        fetch(url).then(
          () => 'loaded',
          () => 'refused',
        ),
      `${EXTENSION_ORIGIN}/extension/icons/128.png`,
    );
    expect(loaded).toBe('refused');
  });

  await test.step('no request to the server with an effect, and no answer to read', async () => {
    const answers = await page.evaluate(async (url) => {
      const attempt = (path: string, options: RequestInit): Promise<string> =>
        fetch(url + path, options).then(
          (answer) => `${answer.type} ${String(answer.status)}`,
          () => 'refused',
        );
      const account = JSON.stringify({
        username: 'mallory',
        displayName: 'Mallory',
        password: 'long enough',
      });
      return [
        await attempt('/api/v1/server', {}),
        await attempt('/api/v1/accounts', {
          method: 'POST',
          body: account,
          headers: { 'content-type': 'application/json' },
        }),
        // The browser sends this request without a CORS preflight, so the server itself must refuse it.
        await attempt('/api/v1/accounts', { method: 'POST', body: account, mode: 'no-cors' }),
      ];
    }, server.url);
    expect(answers).toEqual(['refused', 'refused', 'refused']);
    // The account does not exist: asked without an origin, as a program does.
    const signIn = await fetch(`${server.url}/api/v1/sessions`, {
      method: 'POST',
      body: JSON.stringify({ username: 'mallory', password: 'long enough' }),
      headers: { 'content-type': 'application/json' },
    });
    expect(await signIn.json()).toMatchObject({ code: 'wrong-credentials' });
  });

  await test.step('no socket', async () => {
    const outcome = await page.evaluate(
      (url) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
          socket.onopen = () => {
            resolve('open');
          };
          socket.onerror = () => {
            resolve('refused');
          };
        }),
      server.url,
    );
    expect(outcome).toBe('refused');
  });
});

test('a page of the extension refuses to be framed', async ({ ada, closing }) => {
  const frames = ['popup', 'call-window', 'welcome', 'settings'] as const;
  const site = closing(
    await webPage(
      `<!doctype html>${frames.map((page) => `<iframe src="${pageUrl(page)}"></iframe>`).join('')}`,
    ),
  );
  const page = await ada.browser.context.newPage();
  await page.goto(site.url);
  await until(() => page.frames().length === 1 + frames.length, { what: 'the frames' });
  for (const frame of page.frames().slice(1)) {
    await frame.waitForLoadState();
    expect(frame.url()).not.toContain(EXTENSION_ID);
    await expect(frame.getByRole('button', { name: /Accept|Call|Hang up|Sign in/ })).toHaveCount(0);
  }
});

test('another extension is not heard', async ({ ada, someone }) => {
  const linus = await someone('Linus', { extensions: [OTHER_EXTENSION] });
  const worker = await until(
    () => linus.browser.context.serviceWorkers().find((it) => it.url().endsWith('/worker.js')),
    { what: 'the other extension’s worker' },
  );
  await linus.call('Ada', 'audio');
  await expect(ada.ringing()).toBeVisible();

  const outcomes = await worker.evaluate(async (id) => {
    const send = (message: object): Promise<string> =>
      chrome.runtime.sendMessage(id, message).then(
        (answer: unknown) => `answered ${JSON.stringify(answer)}`,
        () => 'refused',
      );
    const connectTo = (name: string): Promise<string> =>
      new Promise((resolve) => {
        const port = chrome.runtime.connect(id, { name });
        port.onMessage.addListener(() => {
          resolve('heard');
        });
        port.onDisconnect.addListener(() => {
          resolve(chrome.runtime.lastError ? 'refused' : 'closed');
        });
      });
    return [
      await send({ target: 'phone', name: 'hang-up', payload: {} }),
      await send({ target: 'phone', name: 'background-snapshot', payload: {} }),
      await send({ target: 'background', name: 'open-call-window', payload: {} }),
      await connectTo('snapshots'),
    ];
  }, EXTENSION_ID);
  expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused']);
  expect((await linus.snapshot()).call?.phase.kind).toBe('ringing-out');
});

test('parameters in a page’s address have no effect', async ({ ada, grace }) => {
  const { account } = await grace.signedIn();
  const actions = [
    `dial=${account.userId}`,
    `call=${account.userId}`,
    'accept=1',
    'action=accept',
    'media=video',
  ];
  const query = `?${actions.join('&')}#${actions.join('&')}`;
  for (const name of ['popup', 'call-window', 'welcome', 'settings'] as const) {
    const page = await ada.browser.context.newPage();
    await page.goto(pageUrl(name) + query);
    await expect(page.locator('body')).not.toBeEmpty();
    await page.close();
  }
  expect((await ada.snapshot()).call).toBeNull();

  await test.step('not while it rings, either', async () => {
    await grace.call('Ada', 'audio');
    await expect(ada.ringing()).toBeVisible();
    const opened = await openedCapture(ada.phone);
    for (const name of ['popup', 'call-window'] as const) {
      const page = await ada.browser.context.newPage();
      await page.goto(pageUrl(name) + query);
      await expect(ada.ringing(page)).toBeVisible();
      await page.close();
    }
    expect((await ada.snapshot()).incoming).toHaveLength(1);
    expect(await openedCapture(ada.phone)).toBe(opened);
  });
});

test('a key meant for something else does not press Accept', async ({ ada, grace }) => {
  await ada.call('Grace', 'audio');
  const accept = grace.ringing().getByRole('button', { name: 'Accept', exact: true });
  await expect(grace.ringing()).toBeVisible();
  expect(await accept.evaluate((button) => document.activeElement === button)).toBe(false);
  // A key that was meant for the page before does nothing.
  await grace.popup.keyboard.press('Enter');
  await grace.popup.keyboard.press('Space');
  expect((await grace.snapshot()).incoming).toHaveLength(1);

  await test.step('it is disabled for the first half second on screen', async () => {
    const page = await grace.browser.context.newPage();
    await page.addInitScript(() => {
      new MutationObserver(() => {
        const button = [...document.querySelectorAll('button')].find(
          (it) => it.textContent.trim() === 'Accept',
        );
        if (!button || performance.getEntriesByName('seen').length > 0) return;
        performance.mark('seen', { detail: button.disabled });
        new MutationObserver(() => {
          if (!button.disabled) performance.mark('enabled');
        }).observe(button, { attributes: true });
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(pageUrl('popup'));
    await expect(grace.ringing(page).getByRole('button', { name: 'Accept', exact: true })).toBeEnabled();
    const { disabledAtFirst, after } = await page.evaluate(() => {
      const [seen] = performance.getEntriesByName('seen');
      const [enabled] = performance.getEntriesByName('enabled');
      return {
        disabledAtFirst: seen instanceof PerformanceMark && seen.detail === true,
        after: (enabled?.startTime ?? 0) - (seen?.startTime ?? 0),
      };
    });
    expect(disabledAtFirst).toBe(true);
    // Timers may fire a millisecond early, compared with the performance marks.
    expect(after).toBeGreaterThanOrEqual(495);
  });
});

test('what the offscreen document holds is not in any address, storage or page', async ({ ada, grace }) => {
  await connect(ada, grace, 'audio');
  const window = await ada.callWindow();
  const stored = await window.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]));
  expect(stored).not.toContain('token');
  expect(window.url()).toBe(pageUrl('call-window'));
});
