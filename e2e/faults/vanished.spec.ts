import { connect, expectBothFree, expectSound } from '../support/in-call.ts';
import { figure } from '../support/figure.ts';
import { Person } from '../support/person.ts';
import { startServer, type RunningServer } from '../support/start-server.ts';
import { expect, test } from '../support/test.ts';
import { until } from '../support/until.ts';

// These tests mostly wait, so each may run in its own worker, at its own server.
test.describe.configure({ mode: 'parallel' });

let server: RunningServer;
/** The person who stays in the call. */
let ada: Person;
/** A contact of all, who is in no call and sees their statuses. */
let watcher: Person;

test.beforeAll(async () => {
  server = await startServer();
  [ada, watcher] = await Promise.all([
    Person.signedUp('Ada', server.url),
    Person.signedUp('Watcher', server.url),
  ]);
});

test.afterAll(async () => {
  await Promise.all([ada, watcher].map((person) => person.close()));
  await server.stop();
});

test.afterEach(() => ada.reset());

/** How many seconds after `start` a condition first held. */
const secondsUntil = async (
  what: string,
  start: number,
  ask: () => Promise<boolean>,
  timeout: number,
): Promise<number> => {
  await until(ask, { what, timeout });
  const took = Math.round((performance.now() - start) / 100) / 10;
  figure(`${what} after (s)`, took);
  return took;
};

const phaseAt = async (person: Person): Promise<string> =>
  (await person.snapshot()).call?.phase.kind ?? 'none';

/** Checks what the person who stays sees of one who vanished: "reconnecting", and the end when that fails. */
const seesItEnd = async (person: Person, start: number): Promise<void> => {
  const reconnecting = await secondsUntil(
    `${person.name} sees “Reconnecting…”`,
    start,
    async () => (await phaseAt(person)) !== 'active',
    12_000,
  );
  expect(reconnecting).toBeLessThan(10);
  const ended = await secondsUntil(
    `the call is over at ${person.name}`,
    start,
    async () => (await phaseAt(person)) === 'ended',
    45_000,
  );
  // The call ends after thirty seconds without packets, the first two of which pass before it shows "reconnecting".
  expect(ended).toBeGreaterThan(30);
  expect(ended).toBeLessThan(36);
  expect(await person.ended()).toBe('connection-lost');
  await person.released();
};

test('a browser that is killed, and a machine that sleeps for a minute', async ({ closing }) => {
  const grace = closing(await Person.signedUp('Grace', server.url));
  const linus = closing(await Person.signedUp('Linus', server.url));
  const edsger = closing(await Person.signedUp('Edsger', server.url));
  await connect(ada, grace, 'audio');
  await connect(linus, edsger, 'audio');
  await expect(watcher.contact('Grace')).toContainText('In a call');
  await expect(watcher.contact('Edsger')).toContainText('In a call');

  await Promise.all([grace.browser.signal('SIGKILL'), edsger.browser.signal('SIGSTOP')]);
  const start = performance.now();
  const [, , killed, asleep] = await Promise.all([
    seesItEnd(ada, start),
    seesItEnd(linus, start),
    ...['Grace', 'Edsger'].map((name) =>
      secondsUntil(
        `${name} is offline for others`,
        start,
        async () => (await watcher.statusOf(name)) === 'offline',
        40_000,
      ),
    ),
  ]);
  expect(killed).toBeLessThan(15);
  expect(asleep).toBeLessThan(35);
  for (const name of ['Ada', 'Linus']) await expect(watcher.contact(name)).toContainText('Available');

  // The machine sleeps for a minute in all; this fixed wait is the fault itself.
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, start + 60_000 - performance.now())));
  await edsger.browser.signal('SIGCONT');
  const woken = performance.now();
  const back = await secondsUntil(
    'Edsger is online after waking',
    woken,
    async () => (await edsger.signedIn()).connection.kind === 'online',
    10_000,
  );
  expect(back).toBeLessThan(3);
  await expect(watcher.contact('Edsger')).toContainText('Available');
  expect(await edsger.ended()).toBe('connection-lost');
  await edsger.released();
  await expect(watcher.contact('Grace')).toContainText('Offline');
});

test('the extension is reloaded during a call', async ({ closing }) => {
  const before = closing(await Person.signedUp('Barbara', server.url, { developerMode: true }));
  await connect(ada, before, 'audio');
  await expect(watcher.contact('Barbara')).toContainText('In a call');
  const start = performance.now();
  await before.reloadExtension();
  const noticed = await secondsUntil(
    'Ada sees that Barbara is gone',
    start,
    async () => (await phaseAt(ada)) !== 'active',
    12_000,
  );
  expect(noticed).toBeLessThan(10);
  // A new phone of the same sign-in proves that the old one will not come back, so the call ends without waiting.
  const barbara = await before.again();
  expect(await ada.ended(20_000)).toBe('connection-lost');
  figure('the call is over at Ada after (s)', Math.round((performance.now() - start) / 100) / 10);
  await ada.released();
  for (const name of ['Ada', 'Barbara']) await expect(watcher.contact(name)).toContainText('Available');
  await connect(ada, barbara, 'audio');
  await expectSound(ada);
  await ada.button('Hang up').click();
  expect(await barbara.ended()).toBe('hung-up');
  await expectBothFree(ada, barbara);
});

// Only the person can bring it back, because the browser disables an extension that has crashed.
test('the extension’s process crashes during a call', async ({ closing }) => {
  const before = closing(await Person.signedUp('Margaret', server.url));
  await connect(ada, before, 'audio');
  const start = performance.now();
  before.phone.crash();
  const [, gone] = await Promise.all([
    seesItEnd(ada, start),
    secondsUntil(
      'Margaret is offline for others',
      start,
      async () => (await watcher.statusOf('Margaret')) === 'offline',
      20_000,
    ),
  ]);
  expect(gone).toBeLessThan(15);
  await expect(watcher.contact('Ada')).toContainText('Available');
});

test('the watchdog opens a phone again that was closed', async ({ closing }) => {
  const dorothy = closing(await Person.signedUp('Dorothy', server.url));
  await expect(watcher.contact('Dorothy')).toContainText('Available');
  const start = performance.now();
  await dorothy.closePhone();
  await secondsUntil('Dorothy’s phone is open again', start, () => dorothy.hasPhone(), 75_000);
  const again = await dorothy.again();
  await until(async () => (await again.signedIn()).connection.kind === 'online', { what: 'Dorothy online' });
});

test('an update waits for the end of the call, and until no page is open', async ({ closing }) => {
  const before = closing(await Person.signedUp('Hedy', server.url, { developerMode: true }));
  await connect(ada, before, 'audio');
  // The browser's event is dispatched in the worker, because no store here has a newer version.
  await before.offerUpdate('99.0.0');
  await before.stopWorker();
  // The badge has to change, so the worker is started and checks whether it may install the update.
  await before.ask('set-status', { status: 'do-not-disturb' });
  await until(() => before.workerRuns(), { what: 'the worker to run' });
  await expect(watcher.contact('Hedy')).toContainText('Do not disturb');
  await expectSound(ada);
  expect(await phaseAt(before)).toBe('active');

  await ada.button('Hang up').click();
  expect(await ada.ended()).toBe('hung-up');
  await until(async () => (await before.snapshot()).call?.phase.kind === 'ended', { what: 'the call ended' });
  // The worker looks once a minute whether a page is open, and installs when it has seen none twice.
  const pages = before.browser.context.pages();
  await before.browser.context.newPage();
  for (const page of pages) await page.close();
  await secondsUntil(
    'the phone is restarted',
    performance.now(),
    async () => !(await before.hasPhone()),
    130_000,
  );
  const hedy = await before.again();
  await until(async () => (await hedy.signedIn()).connection.kind === 'online', { what: 'Hedy online' });
});
