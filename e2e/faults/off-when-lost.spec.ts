import { AllOff } from '../support/all-off.ts';
import { expectNothingHeld } from '../support/expect-nothing-held.ts';
import { heldBy, type Held } from '../support/held-probe.ts';
import type { Person } from '../support/person.ts';
import { expect, test } from '../support/test.ts';
import { until } from '../support/until.ts';
import { WatchedPair } from '../support/watched-pair.ts';

// Each has a pair of its own and mostly waits until a phone gives up.
test.describe.configure({ mode: 'parallel' });

// Each within a second. The median is bounded where nothing runs beside it: `nothing-stays-on.spec.ts`.
const off = new AllOff();

/** As behind a firewall that lets nothing through: with relays only, of which there are none, nothing can be sent. */
const blockPaths = (person: Person): Promise<void> =>
  person.phone.evaluate(() => {
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: 'relay' });
      }
      override setConfiguration(configuration?: RTCConfiguration): void {
        super.setConfiguration({ ...configuration, iceTransportPolicy: 'relay' });
      }
    };
  });

/** The renderer of all of the extension dies: phone, worker and pages at once. */
const crash = async (person: Person): Promise<void> => {
  const session = await person.browser.context.newCDPSession(person.popup);
  const crashed = person.popup.waitForEvent('crash');
  // Nobody is left to answer.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
};

/** When a phone that receives nothing gives up, in epoch milliseconds. */
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
const expectGivenUp = async ({ ada }: WatchedPair, held: Held): Promise<void> => {
  const since = await givesUpAt(ada);
  expect(await ada.ended(45_000)).toBe('connection-lost');
  await off.expectOff([ada], since);
  await ada.ask('dismiss', { callId: (await ada.snapshot()).call?.callId ?? '' });
  // Requests still wait for the server; nothing of the call remains.
  await expect.poll(() => heldBy(ada.phone)).toMatchObject({ connections: 0, contexts: held.contexts });
};

test('a call that finds no path (injected): all is off when the phones give up, and nothing remains', async ({
  closing,
}) => {
  const { ada, grace } = closing(await WatchedPair.open());
  const held = await heldBy(ada.phone);
  await blockPaths(ada);
  await ada.call('Grace', 'video');
  await grace.accept();
  expect(await Promise.all([ada.ended(60_000), grace.ended(60_000)])).toEqual([
    'media-failed',
    'media-failed',
  ]);
  // The phones' own time limit ended the call, before the server said anything.
  for (const person of [ada, grace]) await off.expectOff([person], await endedAt(person));
  await expectNothingHeld(ada, held);
});

test('the other side and the server are both gone: all is off when the phone gives up', async ({
  closing,
}) => {
  const pair = closing(await WatchedPair.open());
  const held = await heldBy(pair.ada.phone);
  await pair.talk();
  await pair.server.kill();
  await crash(pair.grace);
  await expectGivenUp(pair, held);
});

test('the other side crashes: all is off when the phone gives up', async ({ closing }) => {
  const pair = closing(await WatchedPair.open());
  const held = await heldBy(pair.ada.phone);
  await pair.talk();
  await crash(pair.grace);
  await expectGivenUp(pair, held);
});
