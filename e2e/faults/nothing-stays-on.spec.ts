import type { PhoneProtocol } from '../../extension/messaging/protocol.ts';
import { figure } from '../support/figure.ts';
import { gathered, heldBy, watchHeld, type Held } from '../support/held-probe.ts';
import { connect, expectCapture } from '../support/in-call.ts';
import { captureEndedAt } from '../support/media-probe.ts';
import { whatIsLeft, type Left } from '../support/memory-probe.ts';
import { Person } from '../support/person.ts';
import { RecordingProxy } from '../support/recording-proxy.ts';
import { startServer, type RunningServer } from '../support/start-server.ts';
import { expect, test as base } from '../support/test.ts';
import { until } from '../support/until.ts';
import { EXTENSION_ORIGIN } from '../support/extension.ts';

/** Milliseconds from whatever ends a call until microphone and camera are off: the median of all the ways. */
const ALL_OFF_WITHIN = 200;
/** The same for each: a busy machine now and then makes one wait. */
const EACH_OFF_WITHIN = 1_000;
const offTimes: number[] = [];
/** Calls after which a phone has reached the size it keeps. */
const WARMED_UP = 20;
const MORE_CALLS = Number(process.env['SOAK_CALLS'] ?? 40);
const MIB = 1024 * 1024;

// Left on the phone's window while its paths are blocked.
declare global {
  interface Window {
    unblocked?: typeof RTCPeerConnection;
  }
}

interface Pair {
  server: RunningServer;
  ada: Person;
  grace: Person;
  lines: Record<'ada' | 'grace', RecordingProxy>;
}

const openPair = async (adasName: string, gracesName: string): Promise<Pair & { close(): Promise<void> }> => {
  // Short, because it has to pass.
  const server = await startServer({ RING_TIMEOUT_S: '5' });
  const lines = {
    ada: await RecordingProxy.start(server.url),
    grace: await RecordingProxy.start(server.url),
  };
  const [ada, grace] = await Promise.all([
    Person.signedUp(adasName, lines.ada.url),
    Person.signedUp(gracesName, lines.grace.url),
  ]);
  for (const { phone } of [ada, grace]) await watchHeld(phone);
  return {
    server,
    ada,
    grace,
    lines,
    async close() {
      for (const it of [ada, grace, lines.ada, lines.grace]) await it.close();
      await server.stop();
    },
  };
};

const test = base.extend<{ pair: Pair }, { shared: Pair }>({
  shared: [
    async ({}, use) => {
      const pair = await openPair('Ada', 'Grace');
      await use(pair);
      await pair.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  pair: async ({ shared }, use) => {
    await use(shared);
    await Promise.all([shared.ada.reset(), shared.grace.reset()]);
  },
});

test.afterAll(() => {
  const median = offTimes.toSorted((a, b) => a - b)[Math.floor(offTimes.length / 2)];
  figure('all off, median', `${String(median)} ms of ${String(offTimes.length)}`);
  expect(median ?? 0, 'ms until all is off, median').toBeLessThanOrEqual(ALL_OFF_WITHIN);
});

/** Sends a command and says when, by the clock that both browsers share. */
const tell = async <N extends keyof PhoneProtocol>(
  person: Person,
  name: N,
  payload: Parameters<PhoneProtocol[N]>[0],
): Promise<number> =>
  person.popup.evaluate(
    ([command, body]) => {
      const at = Date.now();
      void chrome.runtime.sendMessage({ target: 'phone', name: command, payload: body });
      return at;
    },
    [name, payload] as const,
  );

/** Waits until nothing is captured, and answers how long after `since` (epoch milliseconds) that was so. */
const offAfter = async (person: Person, since: number): Promise<number> =>
  (await until(() => captureEndedAt(person.phone), {
    what: `${person.name}’s capture to end`,
    timeout: 15_000,
  })) - since;

const expectOff = async (people: readonly Person[], since: number): Promise<void> => {
  for (const person of people) {
    const after = await offAfter(person, since);
    figure(`${person.name}’s microphone and camera off`, `${String(after)} ms`);
    offTimes.push(after);
    expect(after, `ms until ${person.name}’s microphone and camera were off`).toBeLessThanOrEqual(
      EACH_OFF_WITHIN,
    );
  }
};

const NOTHING: Held = { timers: [], connections: 0, contexts: 0 };

/** What a phone that has no call holds: nothing more than before it had one. */
const expectNothingHeld = async (person: Person, before: Held): Promise<void> => {
  const { call } = await until(
    async () => {
      const snapshot = await person.snapshot();
      const over = snapshot.call === null || snapshot.call.phase.kind === 'ended';
      return over && snapshot.incoming.length === 0 && snapshot;
    },
    { what: `the end of ${person.name}’s call` },
  );
  if (call) await person.ask('dismiss', { callId: call.callId });
  // The short sound of the end goes on to its end.
  await expect
    .poll(() => heldBy(person.phone), { message: `what ${person.name}’s phone holds` })
    .toEqual(before);
};

/** When the word that a call has ended came to a phone. */
const toldEndedAt = (line: RecordingProxy): number =>
  line.frames.findLast(
    ({ to, what, text }) => to === 'phone' && what === 'call:state' && text.includes('"ended"'),
  )?.at ?? NaN;

const ring = async ({ ada, grace }: Pair): Promise<void> => {
  await ada.call(grace.name, 'video');
  await expect(grace.ringing()).toBeVisible();
  await expectCapture(ada, ['audio', 'video']);
};

const talk = async ({ ada, grace }: Pair): Promise<void> => {
  await connect(ada, grace, 'video');
  await Promise.all([expectCapture(ada, ['audio', 'video']), expectCapture(grace, ['audio', 'video'])]);
};

/** How a call ends: what goes before, and the end; answers when that was, or for each. */
const WAYS: Record<
  string,
  {
    before: (pair: Pair) => Promise<void>;
    end: (pair: Pair) => Promise<number>;
    captures: ('ada' | 'grace')[];
  }
> = {
  'the caller hangs up': {
    before: talk,
    end: ({ ada }) => tell(ada, 'hang-up', {}),
    captures: ['ada', 'grace'],
  },
  'the callee hangs up': {
    before: talk,
    end: ({ grace }) => tell(grace, 'hang-up', {}),
    captures: ['ada', 'grace'],
  },
  cancelled: { before: ring, end: ({ ada }) => tell(ada, 'hang-up', {}), captures: ['ada'] },
  declined: { before: ring, end: ({ grace }) => tell(grace, 'decline', {}), captures: ['ada'] },
  'nobody answers in time': {
    before: ring,
    end: async ({ ada, lines }) => {
      expect(await ada.ended(15_000)).toBe('no-answer');
      return toldEndedAt(lines.ada);
    },
    captures: ['ada'],
  },
  'the caller signs out': {
    before: talk,
    end: ({ ada }) => tell(ada, 'sign-out', {}),
    captures: ['ada', 'grace'],
  },
  'the callee signs out': {
    before: talk,
    end: ({ grace }) => tell(grace, 'sign-out', {}),
    captures: ['ada', 'grace'],
  },
};

for (const [way, { before, end, captures }] of Object.entries(WAYS)) {
  test(`${way}: all is off at once, and nothing remains`, async ({ pair }) => {
    const { ada, grace, server } = pair;
    const held = await Promise.all([heldBy(ada.phone), heldBy(grace.phone)]);
    await before(pair);
    const since = await end(pair);
    await expectOff(
      captures.map((who) => pair[who]),
      since,
    );
    for (const [index, person] of [ada, grace].entries()) {
      const { session } = await person.snapshot();
      // Without a sign-in there is no connection to the server either.
      const wanted = session.kind === 'signed-in' ? held[index] : NOTHING;
      if (wanted) await expectNothingHeld(person, wanted);
    }
    expect(server.log()).not.toContain('"level":50');
    for (const person of [ada, grace]) {
      if ((await person.snapshot()).session.kind === 'signed-out')
        await person.signIn(pair.lines[person === ada ? 'ada' : 'grace'].url);
    }
  });
}

test('permission revoked: all is off at once, and after the call nothing remains', async ({ pair }) => {
  const { ada, grace } = pair;
  const held = await heldBy(ada.phone);
  const grant = async (setting: 'granted' | 'denied'): Promise<void> => {
    for (const name of ['microphone', 'camera']) {
      await ada.browser.protocol.send('Browser.setPermission', {
        origin: EXTENSION_ORIGIN,
        permission: { name },
        setting,
      });
    }
  };
  await talk(pair);
  const since = Date.now();
  await grant('denied');
  await expectOff([ada], since);
  expect((await grace.snapshot()).call?.phase.kind).toBe('active');
  await ada.button('Hang up').click();
  await expectNothingHeld(ada, held);
  await grant('granted');
});

/** As behind a firewall that lets nothing through: with relays only, of which there are none, nothing can be sent. */
const blockPaths = (person: Person): Promise<void> =>
  person.phone.evaluate(() => {
    const Original = RTCPeerConnection;
    window.unblocked = Original;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: 'relay' });
      }
      override setConfiguration(configuration?: RTCConfiguration): void {
        super.setConfiguration({ ...configuration, iceTransportPolicy: 'relay' });
      }
    };
  });

const unblockPaths = (person: Person): Promise<void> =>
  person.phone.evaluate(() => {
    if (window.unblocked) window.RTCPeerConnection = window.unblocked;
  });

/** The renderer of all of the extension dies: phone, worker and pages at once. */
const crash = async (person: Person): Promise<void> => {
  const session = await person.browser.context.newCDPSession(person.popup);
  const crashed = person.popup.waitForEvent('crash');
  // Nobody is left to answer.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
};

/** When a phone that hears nothing any more gives up, in epoch milliseconds. */
const givesUpAt = (person: Person): Promise<number> =>
  until(
    async () => {
      const { call } = await person.snapshot();
      return call?.phase.kind === 'reconnecting' && call.phase.givesUpAt;
    },
    { what: `${person.name} to notice`, timeout: 15_000 },
  );

/** When a phone decided that its call is over, in epoch milliseconds. */
const endedAt = async (person: Person): Promise<number> => {
  const { call } = await person.snapshot();
  return call?.phase.kind === 'ended' ? call.phase.endedAt : NaN;
};

/** Connected, then the other side is lost; the phone gives up after its time, and all is off at once. */
const expectGivenUp = async ({ ada }: Pair, held: Held): Promise<void> => {
  const since = await givesUpAt(ada);
  expect(await ada.ended(45_000)).toBe('connection-lost');
  await expectOff([ada], since);
  await ada.ask('dismiss', { callId: (await ada.snapshot()).call?.callId ?? '' });
  // What waits for the server goes on waiting; nothing of the call does.
  await expect.poll(() => heldBy(ada.phone)).toMatchObject({ connections: 0, contexts: held.contexts });
};

test('lost: a call that finds no path (injected), and one whose other side and server are both gone', async ({
  pair,
  closing,
}) => {
  test.setTimeout(3 * 60_000);
  const gone = closing(await openPair('Linus', 'Barbara'));
  const [held, noPath] = await Promise.all([heldBy(gone.ada.phone), heldBy(pair.ada.phone)]);
  await talk(gone);
  await gone.server.kill();
  await crash(gone.grace);
  const lost = expectGivenUp(gone, held);

  await blockPaths(pair.ada);
  await pair.ada.call('Grace', 'video');
  await pair.grace.accept();
  const reasons = await Promise.all([pair.ada.ended(60_000), pair.grace.ended(60_000)]);
  expect(reasons).toEqual(['media-failed', 'media-failed']);
  // The phones' own time was over: no word of the server's came before.
  for (const person of [pair.ada, pair.grace]) await expectOff([person], await endedAt(person));
  await expectNothingHeld(pair.ada, noPath);
  await unblockPaths(pair.ada);
  await lost;
});

/** One call by commands alone, the way it goes by its number: who dials, with what, and how it ends. */
const oneCall = async ({ ada, grace }: Pair, n: number): Promise<void> => {
  const [caller, callee] = n % 2 === 0 ? [ada, grace] : [grace, ada];
  const media = n % 3 === 0 ? 'video' : 'audio';
  const { contacts } = await caller.shown();
  const userId = contacts.find(({ displayName }) => displayName === callee.name)?.userId ?? '';
  expect(await caller.ask('dial', { userId, media })).toEqual({ ok: true });
  await until(async () => (await callee.snapshot()).incoming.length > 0, { what: 'ringing' });
  const settled = (): Promise<unknown> => Promise.all([gathered(caller.phone), gathered(callee.phone)]);
  if (n % 10 === 8) {
    await settled();
    await callee.ask('decline', {});
  } else if (n % 10 === 9) {
    await settled();
    await caller.ask('hang-up', {});
  } else {
    await callee.ask('accept', {});
    await Promise.all([caller.connected(), callee.connected()]);
    // Long enough for the camera's full size and for the statistics, now and then.
    if (n % 10 === 0) await expect.poll(() => upFor(caller)).toBeGreaterThan(2_500);
    await settled();
    await (n % 4 < 2 ? caller : callee).ask('hang-up', {});
  }
  for (const person of [caller, callee]) {
    await until(async () => (await person.snapshot()).incoming.length === 0, { what: 'no ringing' });
    await person.reset({ keepPages: true });
  }
};

const upFor = async (person: Person): Promise<number> => {
  const { call } = await person.snapshot();
  return call?.phase.kind === 'active' ? Date.now() - call.phase.connectedAt : 0;
};

const report = (name: string, before: Left, after: Left): void => {
  const text = `listeners ${String(before.listeners)} → ${String(after.listeners)}, pages ${(before.pagesHeap / MIB).toFixed(2)} → ${(after.pagesHeap / MIB).toFixed(2)} MiB, worker ${(before.workerHeap / MIB).toFixed(2)} → ${(after.workerHeap / MIB).toFixed(2)} MiB, connections ${String(after.connections)}, live tracks ${String(after.liveTracks)}`;
  figure(name, text);
};

test(`${String(WARMED_UP)} calls and ${String(MORE_CALLS)} more leave nothing behind`, async ({ pair }) => {
  test.setTimeout((WARMED_UP + MORE_CALLS) * 5_000 + 60_000);
  const people = [pair.ada, pair.grace];
  for (const person of people) {
    await person.openPage('call-window');
    await person.popup.bringToFront();
  }
  for (let n = 0; n < WARMED_UP; n++) await oneCall(pair, n);
  const before = [await whatIsLeft(pair.ada), await whatIsLeft(pair.grace)];
  for (let n = 0; n < MORE_CALLS; n++) await oneCall(pair, n);
  for (const [index, person] of people.entries()) {
    const [then, now] = [before[index], await whatIsLeft(person)];
    if (!then) throw new Error('two people');
    report(person.name, then, now);
    expect.soft(now, person.name).toMatchObject({ listeners: then.listeners, connections: 0, liveTracks: 0 });
    expect.soft(now.pagesHeap - then.pagesHeap, `what ${person.name}’s pages grew`).toBeLessThanOrEqual(MIB);
    expect
      .soft(now.workerHeap - then.workerHeap, `what ${person.name}’s worker grew`)
      .toBeLessThanOrEqual(MIB);
  }
});

// The last one: Grace's browser is not used again.
test('the other side crashes: all is off when the phone gives up', async ({ shared }) => {
  const held = await heldBy(shared.ada.phone);
  await talk(shared);
  await crash(shared.grace);
  await expectGivenUp(shared, held);
});
