import type { PhoneProtocol } from '../../extension/ipc/protocol.ts';
import { AllOff } from '../support/all-off.ts';
import { expectNothingHeld } from '../support/expect-nothing-held.ts';
import { EXTENSION_ORIGIN } from '../support/extension.ts';
import { heldBy, type Held } from '../support/held-probe.ts';
import { expectCapture } from '../support/in-call.ts';
import type { Person } from '../support/person.ts';
import type { RecordingProxy } from '../support/recording-proxy.ts';
import { expect, test as base } from '../support/test.ts';
import { WatchedPair } from '../support/watched-pair.ts';

const off = new AllOff();

const test = base.extend<{ pair: WatchedPair }, { shared: WatchedPair }>({
  shared: [
    async ({}, use) => {
      // Short, because one test waits until nobody has answered.
      const pair = await WatchedPair.open({ RING_TIMEOUT_S: '5' });
      await use(pair);
      await pair.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  pair: async ({ shared }, use) => {
    await use(shared);
    await shared.reset();
  },
});

test.afterAll(() => {
  off.expectMedian();
});

/** Sends a command and returns the time of sending, by the clock that both browsers share. */
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

const NOTHING: Held = { timers: [], connections: 0, contexts: 0 };

/** When the server's message that a call has ended reached a phone. */
const toldEndedAt = (line: RecordingProxy): number =>
  line.frames.findLast(
    ({ to, what, text }) => to === 'phone' && what === 'call:state' && text.includes('"ended"'),
  )?.at ?? NaN;

const ring = async ({ ada, grace }: WatchedPair): Promise<void> => {
  await ada.call(grace.name, 'video');
  await expect(grace.ringing()).toBeVisible();
  await expectCapture(ada, ['audio', 'video']);
};

/** How a call ends: the steps before the end, and the end itself, which resolves to its time. */
const WAYS: Record<
  string,
  {
    before: (pair: WatchedPair) => Promise<void>;
    end: (pair: WatchedPair) => Promise<number>;
    captures: ('ada' | 'grace')[];
  }
> = {
  'the caller hangs up': {
    before: (pair) => pair.talk(),
    end: ({ ada }) => tell(ada, 'hang-up', {}),
    captures: ['ada', 'grace'],
  },
  'the callee hangs up': {
    before: (pair) => pair.talk(),
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
    before: (pair) => pair.talk(),
    end: ({ ada }) => tell(ada, 'sign-out', {}),
    captures: ['ada', 'grace'],
  },
  'the callee signs out': {
    before: (pair) => pair.talk(),
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
    await off.expectOff(
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
  await pair.talk();
  const since = Date.now();
  await grant('denied');
  await off.expectOff([ada], since);
  expect((await grace.snapshot()).call?.phase.kind).toBe('active');
  await ada.button('Hang up').click();
  await expectNothingHeld(ada, held);
  await grant('granted');
});
