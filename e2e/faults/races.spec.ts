import { expectCapture } from '../support/in-call.ts';
import { inspectPage } from '../support/inspect-page.ts';
import { liveCapture } from '../support/media-probe.ts';
import type { Person } from '../support/person.ts';
import { RaceScene, type Party } from '../support/race-scene.ts';
import type { Held } from '../support/recording-proxy.ts';
import { expect, test as base } from '../support/test.ts';
import { until } from '../support/until.ts';
import { rungCalls } from '../support/watch-rings.ts';
import { words } from '../support/words.ts';

// Messages that are to cross are held back between phone and server until both sides have sent, so they always cross.

const test = base.extend<{ scene: RaceScene }, { shared: RaceScene }>({
  shared: [
    async ({}, use) => {
      const scene = await RaceScene.open();
      await use(scene);
      await scene.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  scene: async ({ shared }, use) => {
    await use(shared);
    await shared.reset();
  },
});

/** Releases both in one turn of the event loop: the server receives them in the same millisecond, in either order. */
const releaseTogether = async (...held: Held[]): Promise<void> => {
  await Promise.all(held.map(({ arrived }) => arrived));
  for (const each of held) each.release();
};

/** Releases both, the second once the server has answered the first. */
const releaseInTurn = async (
  [one, ack]: readonly [Held, { party: Party; of: string }],
  other: Held,
): Promise<void> => {
  await Promise.all([one.arrived, other.arrived]);
  const { frames } = ack.party.line;
  const before = frames.length;
  one.release();
  await until(() => frames.slice(before).some(({ what }) => what === `ack of ${ack.of}`), {
    what: `the acknowledgement of ${ack.of}`,
  });
  other.release();
};

const heardOf = ({ line }: Party, what: string, since: number): number =>
  line.frames.slice(since).filter((frame) => frame.to === 'phone' && frame.what === what).length;

/** Ada's invite rings at Grace; its acknowledgement is lost with the connection, and the next one waits. */
const callAndVanish = async ({ ada, grace }: RaceScene): Promise<Held> => {
  const lost = ada.line.lose('phone', 'ack of call:invite');
  await ada.person.call('Grace', 'audio');
  await lost;
  const away = ada.line.hold('server', '');
  await expect(grace.person.ringing()).toBeVisible();
  await away.arrived;
  return away;
};

/** The call that this phone is in or still shows. */
const callOf = async (person: Person): Promise<string> => {
  const { call } = await person.snapshot();
  if (!call) throw new Error(`${person.name} is in no call.`);
  return call.callId;
};

const phase = async (person: Person): Promise<string | null> =>
  (await person.snapshot()).call?.phase.kind ?? null;

/** Waits until both of Grace's devices ring. */
const ring = async (
  { ada, grace, graceLaptop }: RaceScene,
  media: 'audio' | 'video' = 'audio',
): Promise<string> => {
  await ada.person.call('Grace', media);
  await Promise.all([grace, graceLaptop].map(({ person }) => expect(person.ringing()).toBeVisible()));
  await expect.poll(() => phase(ada.person)).toBe('ringing-out');
  return callOf(ada.person);
};

/** Places a call and waits until both phones report it as connected. */
const talk = async (scene: RaceScene): Promise<string> => {
  const callId = await ring(scene);
  await scene.grace.person.accept();
  await Promise.all([scene.ada.person.connected(), scene.grace.person.connected()]);
  return callId;
};

for (const [ours, theirs] of [
  ['audio', 'audio'],
  ['video', 'audio'],
] as const) {
  for (const first of ['Ada', 'Linus'] as const) {
    test(`both dial at once, ${ours} against ${theirs}, ${first} a moment ahead: one call, and nobody rings`, async ({
      scene,
    }) => {
      const { ada, linus } = scene;
      const [before, since] = [
        scene.records.length,
        [ada.line.frames.length, linus.line.frames.length] as const,
      ];
      const rang = [await rungCalls(ada.person), await rungCalls(linus.person)];
      const invites = [
        ada.line.hold('server', 'call:invite'),
        linus.line.hold('server', 'call:invite'),
      ] as const;
      await Promise.all([ada.person.call('Linus', ours), linus.person.call('Ada', theirs)]);
      await releaseTogether(...(first === 'Ada' ? invites : ([invites[1], invites[0]] as const)));
      await Promise.all([ada.person.connected(), linus.person.connected()]);

      const callId = await callOf(ada.person);
      expect(await callOf(linus.person)).toBe(callId);
      expect(scene.records).toHaveLength(before + 1);
      await expect.poll(() => scene.stateOf(callId)).toBe('active');
      // One of the two phones was told of the other's call and joined the two; no person was shown a call to answer.
      expect(
        heardOf(ada, 'call:incoming', since[0]) + heardOf(linus, 'call:incoming', since[1]),
      ).toBeLessThanOrEqual(1);
      expect([await rungCalls(ada.person), await rungCalls(linus.person)]).toEqual(rang);
      await expectCapture(ada.person, ours === 'video' ? ['audio', 'video'] : ['audio']);
      await expectCapture(linus.person, ['audio']);

      await ada.person.button('Hang up').click();
      await linus.person.ended();
      await scene.expectEnded(callId, 'hung-up', [ada, linus]);
    });
  }
}

test('both dial at once and the first gives up: the other’s call is placed anew', async ({ scene }) => {
  const { ada, linus } = scene;
  const invite = linus.line.hold('server', 'call:invite');
  // Linus dials before he can have heard of Ada's call, and hears nothing until she has given up.
  const deaf = linus.line.hold('phone', 'call:incoming');
  await linus.person.call('Ada', 'audio');
  await invite.arrived;
  await ada.person.call('Linus', 'audio');
  await deaf.arrived;
  const callId = await callOf(ada.person);
  const acks = linus.line.frames.length;
  invite.release();
  await until(() => linus.line.frames.slice(acks).some(({ what }) => what === 'ack of call:invite'), {
    what: 'the word that both dial',
  });
  await ada.person.button('Cancel call').click();
  await expect.poll(() => scene.stateOf(callId)).toBe('ended');
  deaf.release();
  await expect(ada.person.ringing()).toContainText('Linus');
  await ada.person.accept();
  await Promise.all([ada.person.connected(), linus.person.connected()]);
  const second = await callOf(ada.person);
  expect(second).not.toBe(callId);
  await linus.person.button('Hang up').click();
  await ada.person.ended();
  await scene.expectEnded(callId, 'cancelled', [ada, linus]);
  await scene.expectEnded(second, 'hung-up', [ada, linus]);
});

for (const first of ['cancel', 'accept'] as const) {
  test(`cancel crossing Accept, the ${first} a moment ahead`, async ({ scene }) => {
    const { ada, grace } = scene;
    const callId = await ring(scene, 'video');
    const end = ada.line.hold('server', 'call:end');
    const accept = grace.line.hold('server', 'call:accept');
    await Promise.all([ada.person.button('Cancel call').click(), grace.person.accept()]);
    if (first === 'cancel') await releaseInTurn([end, { party: ada, of: 'call:end' }], accept);
    else await releaseInTurn([accept, { party: grace, of: 'call:accept' }], end);
    await Promise.all([ada.person.ended(), grace.person.ended()]);
    await scene.expectEnded(callId, first === 'cancel' ? 'cancelled' : 'hung-up', [
      ada,
      grace,
      scene.graceLaptop,
    ]);
  });
}

test('Accept on two devices in the same millisecond: one has the call', async ({ scene }) => {
  const { ada, grace, graceLaptop } = scene;
  const callId = await ring(scene);
  const accepts = [grace.line.hold('server', 'call:accept'), graceLaptop.line.hold('server', 'call:accept')];
  await Promise.all([grace.person.accept(), graceLaptop.person.accept()]);
  await releaseTogether(...accepts);
  await ada.person.connected();
  const devices = [grace, graceLaptop];
  await expect
    .poll(async () => (await Promise.all(devices.map(({ person }) => phase(person)))).sort())
    .toEqual(['active', 'ended']);
  const [winner, loser] = (await phase(grace.person)) === 'active' ? devices : devices.toReversed();
  if (!winner || !loser) throw new Error('two devices');
  expect(await loser.person.ended()).toBe('answered-elsewhere');
  await loser.person.released();
  await expectCapture(winner.person, ['audio']);

  await winner.person.button('Hang up').click();
  await ada.person.ended();
  await scene.expectEnded(callId, 'hung-up', [ada, grace, graceLaptop]);
});

for (const first of ['decline', 'accept'] as const) {
  test(`Decline on one device while another accepts, the ${first} a moment ahead`, async ({ scene }) => {
    const { ada, grace, graceLaptop } = scene;
    const callId = await ring(scene);
    const decline = grace.line.hold('server', 'call:end');
    const accept = graceLaptop.line.hold('server', 'call:accept');
    await Promise.all([grace.person.decline(), graceLaptop.person.accept()]);
    if (first === 'decline') {
      await releaseInTurn([decline, { party: grace, of: 'call:end' }], accept);
      expect(await ada.person.ended()).toBe('declined');
      expect(await graceLaptop.person.ended()).toBe('declined-elsewhere');
    } else {
      const since = grace.line.frames.length;
      await releaseInTurn([accept, { party: graceLaptop, of: 'call:accept' }], decline);
      await Promise.all([ada.person.connected(), graceLaptop.person.connected()]);
      // The decline arrived and changed nothing; events from other people may have come after it.
      await until(() => grace.line.frames.slice(since).some(({ what }) => what === 'ack of call:end'), {
        what: 'the answer to the decline',
      });
      expect(await phase(ada.person)).toBe('active');
      await graceLaptop.person.button('Hang up').click();
      await ada.person.ended();
    }
    await scene.expectEnded(callId, first === 'decline' ? 'declined' : 'hung-up', [ada, grace, graceLaptop]);
  });
}

test('the callee hangs up before the answer has come to the caller', async ({ scene }) => {
  const { ada, grace } = scene;
  const callId = await ring(scene);
  const answer = ada.line.hold('phone', 'call:state');
  await grace.person.accept();
  await answer.arrived;
  await grace.person.button('Hang up').click();
  await expect.poll(() => scene.stateOf(callId)).toBe('ended');
  answer.release();
  expect(await ada.person.ended()).toBe('hung-up');
  await scene.expectEnded(callId, 'hung-up', [ada, grace, scene.graceLaptop]);
});

test('the acknowledgement of the invite is lost with the connection: it rings once', async ({ scene }) => {
  const { ada, grace, graceLaptop } = scene;
  const [before, since] = [scene.records.length, grace.line.frames.length];
  const lost = ada.line.lose('phone', 'ack of call:invite');
  await ada.person.call('Grace', 'audio');
  await lost;
  await expect.poll(() => phase(ada.person)).toBe('ringing-out');
  const callId = await callOf(ada.person);
  expect(scene.records).toHaveLength(before + 1);
  expect(heardOf(grace, 'call:incoming', since)).toBe(1);
  await grace.person.accept();
  await Promise.all([ada.person.connected(), grace.person.connected()]);
  await ada.person.button('Hang up').click();
  await grace.person.ended();
  await scene.expectEnded(callId, 'hung-up', [ada, grace, graceLaptop]);
});

test('declined while the acknowledgement of the invite is lost: the caller hears why', async ({ scene }) => {
  const { ada, grace, graceLaptop } = scene;
  const away = await callAndVanish(scene);
  await grace.person.decline();
  const callId = await callOf(ada.person);
  await expect.poll(() => scene.stateOf(callId)).toBe('ended');
  away.release();
  expect(await ada.person.ended()).toBe('declined');
  await scene.expectEnded(callId, 'declined', [ada, grace, graceLaptop]);
});

test('accepted while the acknowledgement of the invite is lost: the two connect', async ({ scene }) => {
  const { ada, grace, graceLaptop } = scene;
  const away = await callAndVanish(scene);
  await grace.person.accept();
  const callId = await callOf(ada.person);
  await expect.poll(() => scene.stateOf(callId)).toBe('connecting');
  away.release();
  await Promise.all([ada.person.connected(), grace.person.connected()]);
  await grace.person.button('Hang up').click();
  await ada.person.ended();
  await scene.expectEnded(callId, 'hung-up', [ada, grace, graceLaptop]);
});

for (const event of ['call:accept', 'call:end'] as const) {
  test(`the acknowledgement of ${event} is lost with the connection`, async ({ scene }) => {
    const { ada, grace, graceLaptop } = scene;
    const callId = await ring(scene);
    const lost = grace.line.lose('phone', `ack of ${event}`);
    await grace.person.accept();
    if (event === 'call:accept') await lost;
    await Promise.all([ada.person.connected(), grace.person.connected()]);
    await grace.person.button('Hang up').click();
    await lost;
    await ada.person.ended();
    await scene.expectEnded(callId, 'hung-up', [ada, grace, graceLaptop]);
  });
}

test('recall: the same person is dialled again within a second', async ({ scene }) => {
  const { ada, grace, graceLaptop } = scene;
  const first = await talk(scene);
  const { contacts } = await ada.person.snapshot();
  const userId = contacts.find(({ displayName }) => displayName === 'Grace')?.userId ?? '';
  const took = await ada.person.popup.evaluate(async (to) => {
    const ask = (name: string, payload: object) =>
      chrome.runtime.sendMessage({ target: 'phone', name, payload });
    const start = performance.now();
    await ask('hang-up', {});
    await ask('dial', { userId: to, media: 'audio' });
    return performance.now() - start;
  }, userId);
  expect(took).toBeLessThan(1_000);
  await expect(grace.person.ringing()).toBeVisible();
  const second = await callOf(ada.person);
  expect(second).not.toBe(first);
  await grace.person.accept();
  await Promise.all([ada.person.connected(), grace.person.connected()]);
  await grace.person.button('Hang up').click();
  await ada.person.ended();
  for (const callId of [first, second]) await scene.expectEnded(callId, 'hung-up', [ada, grace, graceLaptop]);
});

test('recall from the other side, before the server has heard of the end', async ({ scene }) => {
  const { ada, grace, graceLaptop } = scene;
  const first = await talk(scene);
  const end = ada.line.hold('server', 'call:end');
  await ada.person.button('Hang up').click();
  await end.arrived;
  // Grace's phone knows of the end by the data channel; for the server the call is still active.
  expect(await grace.person.ended()).toBe('hung-up');
  await grace.person.dialAnyway('Ada');
  await expect(ada.person.ringing()).toBeVisible();
  end.release();
  await ada.person.accept();
  await Promise.all([ada.person.connected(), grace.person.connected()]);
  const second = await callOf(ada.person);
  await ada.person.button('Hang up').click();
  await grace.person.ended();
  for (const callId of [first, second]) await scene.expectEnded(callId, 'hung-up', [ada, grace, graceLaptop]);
});

test('a second caller hears busy, and the callee sees the missed call during the first one', async ({
  scene,
}) => {
  const { ada, grace, graceLaptop, linus } = scene;
  const first = await talk(scene);
  await linus.person.dialAnyway('Grace');
  expect(await linus.person.ended()).toBe('busy');
  // Read at once, because the ended call stays in view for only a few seconds.
  const second = await callOf(linus.person);
  const missed = words('missedCallFrom', 'Linus');
  await expect(grace.person.callRegion().getByText(missed)).toBeVisible();
  await inspectPage(grace.person.popup, { state: 'popup-missed-during-call', as: 'popup' });
  const window = await grace.person.callWindow();
  await expect(grace.person.callRegion(window).getByText(missed)).toBeVisible();
  await inspectPage(window, { state: 'call-window-missed-during-call', as: 'window' });
  // The toolbar's icon shows it, too; the other participant sees nothing of it.
  await expect
    .poll(() => grace.person.popup.evaluate(() => chrome.action.getTitle({})))
    .toBe(words('missedCall'));
  await expect(ada.person.callRegion().getByText(missed)).toBeHidden();
  expect(await phase(grace.person)).toBe('active');
  expect(await liveCapture(linus.person.phone)).toEqual([]);
  expect(await rungCalls(grace.person)).not.toContain(second);

  await ada.person.button('Hang up').click();
  await grace.person.ended();
  await scene.expectEnded(first, 'hung-up', [ada, grace, graceLaptop]);
  await scene.expectEnded(second, 'busy', [linus, grace, graceLaptop]);
});
