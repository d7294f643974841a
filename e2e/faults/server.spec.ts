import { readFlow, watchConnections, watchFlow, type Flow } from '../support/flow-probe.ts';
import { connect, expectBothFree, expectNoPicture, expectPicture } from '../support/in-call.ts';
import { figure } from '../support/figure.ts';
import { Person } from '../support/person.ts';
import { startServer, type RunningServer } from '../support/start-server.ts';
import { expect, test } from '../support/test.ts';
import { until } from '../support/until.ts';

/** Longer pauses count as gaps, in milliseconds. Shorter ones do not: a busy machine sends pictures in bursts. */
const NO_GAP = 2_000;
/** The longest wait between two attempts to reconnect while a call is up, in milliseconds. */
const CAP = 5_000;

let server: RunningServer;
let ada: Person;
let grace: Person;
let linus: Person;
let edsger: Person;

test.beforeAll(async () => {
  server = await startServer();
  [ada, grace, linus, edsger] = await Promise.all([
    Person.signedUp('Ada', server.url),
    Person.signedUp('Grace', server.url),
    Person.signedUp('Linus', server.url),
    Person.signedUp('Edsger', server.url),
  ]);
  for (const person of [ada, grace]) await watchConnections(person.phone);
});

test.afterAll(async () => {
  await Promise.all([ada, grace, linus, edsger].map((person) => person.close()));
  await server.stop();
});

test.afterEach(async () => {
  for (const person of [ada, grace, linus, edsger]) await person.reset();
});

const online = (person: Person): Promise<true> =>
  until(async () => (await person.signedIn()).connection.kind === 'online', {
    what: `${person.name} online`,
    timeout: 30_000,
  });

const offline = (person: Person): Promise<true> =>
  until(async () => (await person.signedIn()).connection.kind === 'offline', {
    what: `${person.name} without a connection`,
  });

const callOf = async (person: Person) => {
  const { call } = await person.snapshot();
  if (!call) throw new Error(`${person.name} is in no call.`);
  return call;
};

/** For how long the call was up when it ended, as this phone saw it, in milliseconds. */
const lastedAt = async (person: Person): Promise<number> => {
  const { phase } = await callOf(person);
  if (phase.kind !== 'ended' || phase.connectedAt === null) throw new Error(`It is ${phase.kind}.`);
  return phase.endedAt - phase.connectedAt;
};

/** Expects both histories to hold the call as hung up, with its real duration. */
const expectInHistory = async (callId: string, lasted: number): Promise<void> => {
  for (const person of [ada, grace]) {
    const entry = await until(
      async () => {
        const page = await person.ask('history-page', { limit: 5 });
        return page.ok && page.entries.find((it) => it.callId === callId);
      },
      { what: `the call in ${person.name}’s history` },
    );
    expect(entry.reason).toBe('hung-up');
    figure(`duration in ${person.name}’s history is off by (ms)`, Math.abs((entry.duration ?? NaN) - lasted));
    expect(Math.abs((entry.duration ?? NaN) - lasted)).toBeLessThan(500);
  }
};

/** Expects that sound and picture arrived at both without a gap. */
const expectNoGap = async (): Promise<void> => {
  for (const person of [ada, grace]) {
    const flow: Flow = await readFlow(person.phone);
    figure(`longest gap at ${person.name} (ms): sound`, flow.audioGap);
    figure(`longest freeze at ${person.name} (ms)`, flow.videoGap);
    figure(`concealed audio at ${person.name} (%)`, Math.round(flow.concealed * 1_000) / 10);
    expect(flow.audioGap).toBeLessThan(NO_GAP);
    expect(flow.videoGap).not.toBeNull();
    expect(flow.videoGap).toBeLessThan(NO_GAP);
    expect(flow.concealed).toBeLessThan(0.05);
  }
};

/** Waits for as long as a fault is to last. */
const lastFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How long it takes until a condition holds, in milliseconds. */
const timeUntil = async (what: string, ask: () => Promise<boolean>, timeout = 5_000): Promise<number> => {
  const start = performance.now();
  await until(ask, { what, timeout });
  const took = Math.round(performance.now() - start);
  figure(`${what} (ms)`, took);
  return took;
};

test('the server is killed, and back after ten seconds', async () => {
  await connect(ada, grace);
  await linus.call('Edsger', 'audio');
  await expect(edsger.ringing()).toBeVisible();
  const { callId } = await callOf(ada);
  for (const person of [ada, grace]) await watchFlow(person.phone);

  await server.kill();
  const back = performance.now() + 10_000;
  await Promise.all([ada, grace, linus, edsger].map(offline));
  const waits = new Set<number>();
  while (performance.now() < back) {
    for (const person of [ada, grace, linus, edsger]) {
      const { connection } = await person.signedIn();
      if (connection.kind === 'offline' && connection.retryAt !== null)
        waits.add(connection.retryAt - Date.now());
    }
    await lastFor(100);
  }
  figure('longest wait for the next try (ms)', Math.max(...waits));
  expect(Math.max(...waits)).toBeLessThanOrEqual(CAP);
  await server.restart();

  const returned = await Promise.all(
    [ada, grace, linus, edsger].map(async (person) => {
      const took = await timeUntil(
        `${person.name} is back after the server`,
        async () => (await person.signedIn()).connection.kind === 'online',
        CAP + 3_000,
      );
      if (person === linus || person === edsger) {
        await timeUntil(
          `ringing ends at ${person.name} after their return`,
          async () => {
            const { call, incoming } = await person.snapshot();
            return incoming.length === 0 && call?.phase.kind === 'ended';
          },
          3_000,
        );
        expect(await person.ended()).toBe('server-error');
      }
      return took;
    }),
  );
  // Reconnecting is delayed by a random time, so that not all phones come back at once.
  expect(Math.max(...returned) - Math.min(...returned)).toBeGreaterThan(50);

  await expect(linus.contact('Ada')).toContainText('In a call');
  await expect(linus.contact('Grace')).toContainText('In a call');
  for (const person of [ada, grace]) {
    const call = await callOf(person);
    expect([call.callId, call.phase.kind]).toEqual([callId, 'active']);
  }
  await expectNoGap();
  await ada.button('Hang up').click();
  expect(await grace.ended()).toBe('hung-up');
  await expectInHistory(callId, await lastedAt(ada));
  await expectBothFree(ada, grace);
});

test('the server hangs for twenty seconds', async () => {
  await connect(ada, grace);
  await linus.call('Edsger', 'audio');
  await expect(edsger.ringing()).toBeVisible();
  const { callId } = await callOf(ada);
  for (const person of [ada, grace]) await watchFlow(person.phone);

  server.freeze();
  await lastFor(20_000);
  for (const person of [ada, grace]) expect((await callOf(person)).phase.kind).toBe('active');
  server.thaw();

  await Promise.all([ada, grace, linus, edsger].map(online));
  // The call went on ringing, and can be answered.
  await edsger.accept();
  await Promise.all([linus.connected(), edsger.connected()]);
  expect(await linus.statusOf('Ada')).toBe('in-call');
  await expectNoGap();
  await grace.button('Hang up').click();
  expect(await ada.ended()).toBe('hung-up');
  await expectInHistory(callId, await lastedAt(grace));
  await expectBothFree(ada, grace);
});

test('without a server, the two phones tell each other: mute, camera, hang-up', async () => {
  await connect(ada, grace);
  const { callId } = await callOf(ada);
  const window = await grace.callWindow();
  await expectPicture(window, 'Video of Ada');

  await server.kill();
  await Promise.all([ada, grace].map(offline));
  await ada.button('Mute microphone').click();
  const muted = await timeUntil(
    'Grace sees that Ada is muted',
    async () => (await callOf(grace)).remote?.microphone === false,
  );
  await expect(window.getByText('Ada is muted')).toBeVisible();
  await ada.button('Turn camera off').click();
  const dark = await timeUntil(
    'Grace sees that Ada’s camera is off',
    async () => (await callOf(grace)).remote?.camera === false,
  );
  await expectNoPicture(window, 'Video of Ada');
  await ada.button('Hang up').click();
  const over = await timeUntil(
    'Grace sees that Ada has hung up',
    async () => (await callOf(grace)).phase.kind === 'ended',
  );
  for (const took of [muted, dark, over]) expect(took).toBeLessThan(1_000);
  expect(await grace.ended()).toBe('hung-up');
  const lasted = await lastedAt(ada);

  // Long enough to show in the duration if the server counted the time after hanging up.
  await lastFor(5_000);
  await server.restart();
  await Promise.all([ada, grace].map(online));
  await expectBothFree(ada, grace);
  await expectInHistory(callId, lasted);
});

test('a call that is hung up while the server is frozen counts as over from then on', async () => {
  await connect(ada, grace, 'audio');
  const { callId } = await callOf(ada);
  server.freeze();
  await ada.button('Hang up').click();
  const over = await timeUntil(
    'Grace sees that Ada has hung up',
    async () => (await callOf(grace)).phase.kind === 'ended',
  );
  expect(over).toBeLessThan(1_000);
  const lasted = await lastedAt(ada);
  await lastFor(6_000);
  server.thaw();
  await Promise.all([ada, grace].map(online));
  await expectBothFree(ada, grace);
  await expectInHistory(callId, lasted);
});
