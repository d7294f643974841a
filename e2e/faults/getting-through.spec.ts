import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chosenPath, statsOf, watchConnections } from '../support/chosen-path.ts';
import { connect, expectSound } from '../support/in-call.ts';
import { inspectPage } from '../support/inspect-page.ts';
import { Network } from '../support/network.ts';
import type { Family, NetworkHost } from '../support/network-host.ts';
import { Person } from '../support/person.ts';
import { startServer, type RunningServer } from '../support/start-server.ts';
import { startTurnServer, type TurnServer } from '../support/start-turn-server.ts';
import { expect, test as base } from '../support/test.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

// A real relay (coturn), real networks, NATs and firewalls of the kernel's own, nothing simulated.

/** Settings of a server whose clock is late by a number of milliseconds. */
const lateBy = (ms: number): Record<string, string> => {
  const script = `const { now } = Date; Date.now = () => now() - ${String(ms)};`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
};

/** How two people are connected: each behind a NAT that lets nobody in, or side by side on one network. */
type Seat = 'strict' | 'open';

interface Fixtures {
  /** The only kind of address that the network's machines have. */
  family: Family;
  /** A database that a second server can continue with. */
  database: string;
  network: Network;
  relayHost: NetworkHost;
  serverHost: NetworkHost;
  relay: TurnServer;
  serve: (env?: Record<string, string>) => Promise<RunningServer>;
  people: (
    server: RunningServer,
    seat: Seat,
  ) => Promise<{ emmy: Person; sophie: Person; hosts: NetworkHost[] }>;
}

const test = base.extend<Fixtures>({
  family: ['IPv4', { option: true }],
  database: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'quick-call-kept-'));
    await use(`sqlite:${join(folder, 'quick-call.db')}`);
    await rm(folder, { recursive: true, force: true });
  },
  network: async ({}, use) => {
    const network = new Network();
    await use(network);
    await network.close();
  },
  relayHost: async ({ network, family }, use) => {
    await use(network.host('relay', { family }));
  },
  serverHost: async ({ network, family }, use) => {
    await use(network.host('server', { family }));
  },
  relay: async ({ relayHost }, use) => {
    const relay = await startTurnServer(relayHost);
    await use(relay);
    await relay.close();
  },
  serve: async ({ serverHost, closing }, use) => {
    await use(async (env) => {
      const server = await startServer(env, serverHost);
      closing({ close: () => server.stop() });
      return server;
    });
  },
  people: async ({ network, relay, family, closing }, use) => {
    await use(async (server, seat) => {
      const options = { family, ...(seat === 'strict' && { nat: 'symmetric' as const }) };
      const hosts = [network.host('emmy', options), network.host('sophie', options)];
      const [emmy, sophie] = await Promise.all(
        ['Emmy', 'Sophie'].map(async (name, at) => {
          const host = hosts[at];
          const args = [relay.trust];
          const person = closing(await Person.signedUp(name, server.url, { args, ...(host && { host }) }));
          await watchConnections(person.phone);
          return person;
        }),
      );
      if (!emmy || !sophie) throw new Error('Two were to come.');
      return { emmy, sophie, hosts };
    });
  },
});

// Each has a network of its own and mostly waits.
test.describe.configure({ mode: 'parallel' });

const withRelay = (relay: TurnServer, urls: string[]): Record<string, string> => ({
  TURN_URLS: urls.join(','),
  TURN_SECRET: relay.secret,
});

const hangUp = async (...people: Person[]): Promise<void> => {
  await people[0]?.button('Hang up').click();
  for (const person of people) {
    await person.ended();
    await person.reset();
  }
};

/**
 * A call that is up, and is heard on both sides. How each of the two speaks to its relay: null where it sends to the
 * other's relay instead, or to the other directly.
 */
const talk = async (caller: Person, callee: Person): Promise<(string | null)[]> => {
  await connect(caller, callee, 'audio');
  await Promise.all([expectSound(caller), expectSound(callee)]);
  const paths = await Promise.all([caller, callee].map(({ phone }) => chosenPath(phone)));
  return paths.map(({ protocol }) => protocol).sort();
};

test('two networks that let nobody in: over the relay, by any transport that the firewall lets out', async ({
  network,
  relay,
  serve,
  people,
}) => {
  const { stun, udp, tcp, tls } = relay.urls;
  const server = await serve({ ...withRelay(relay, [udp, tcp, tls]), STUN_URLS: stun });
  const { emmy, sophie, hosts } = await people(server, 'strict');
  const ways = async (person: Person) => {
    const tried = await person.ask('test-ice-servers', {});
    if (!tried.ok) return tried.code;
    const { answered, silent, refused } = tried.reach;
    return { answered: answered.sort(), silent: silent.sort(), refused };
  };

  await test.step('UDP', async () => {
    const all = ['stun', 'turn-tcp', 'turn-tls', 'turn-udp'];
    expect(await ways(emmy)).toEqual({ answered: all, silent: [], refused: [] });
    // One relay is enough: the other side reaches it by itself.
    expect(await talk(emmy, sophie)).toContain('udp');
    await hangUp(emmy, sophie);
  });

  await test.step('no UDP: TCP', async () => {
    for (const host of hosts) network.block('udp', host);
    expect(await talk(emmy, sophie)).toEqual(['tcp', 'tcp']);
    await hangUp(emmy, sophie);
  });

  await test.step('nothing but TLS, on machines with more interfaces than a phone may send candidates', async () => {
    for (const host of hosts) {
      network.block({ tcpPort: 3478 }, host);
      host.addInterfaces(20);
    }
    expect(await talk(emmy, sophie)).toEqual(['tls', 'tls']);
    await hangUp(emmy, sophie);
    const silent = ['stun', 'turn-tcp', 'turn-udp'];
    expect(await ways(emmy)).toEqual({ answered: ['turn-tls'], silent, refused: [] });
  });
});

test('a hidden address is not revealed to the other person, whoever calls', async ({
  database,
  relay,
  serve,
  people,
}) => {
  const { stun, udp } = relay.urls;
  const settings = { ...withRelay(relay, [udp]), STUN_URLS: stun };
  const { emmy, sophie, hosts } = await people(await serve({ ...settings, DATABASE_URL: database }), 'open');
  const address = hosts[0]?.address ?? '';
  const received = await sophie.phone.recordFrames();
  /** What Sophie's browser was told and has seen of Emmy: kinds of candidates, and whether they hold her address. */
  const seen = async () => {
    const stats = await statsOf(sophie.phone);
    const remote = stats.filter(({ type }) => type === 'remote-candidate');
    const told = received.filter(({ to }) => to === 'phone').map(({ text }) => text);
    return {
      told: told.some((text) => text.includes(' typ host')),
      address: JSON.stringify([told, remote]).includes(address),
    };
  };

  await test.step('otherwise it is shown: the test can fail', async () => {
    expect(await talk(emmy, sophie)).toEqual([null, null]);
    expect(await seen()).toEqual({ told: true, address: true });
    await hangUp(emmy, sophie);
  });

  await test.step('chosen in the settings, by a switch', async () => {
    const settingsPage = await emmy.openPage('settings');
    const hide = settingsPage.getByRole('switch', { name: words('hideAddress') });
    await expect(hide).not.toBeChecked();
    await hide.click();
    await expect(hide).toBeChecked();
    await inspectPage(settingsPage, { state: 'settings-hide-address', as: 'tab' });
    await settingsPage.close();
  });

  for (const [caller, callee] of [
    [emmy, sophie],
    [sophie, emmy],
  ] as const) {
    await test.step(`${caller.name} calls`, async () => {
      const before = received.length;
      expect(await talk(caller, callee)).toContain('udp');
      expect(await chosenPath(emmy.phone)).toMatchObject({ local: 'relay' });
      const now = received.slice(before);
      expect(now.some(({ to, text }) => to === 'phone' && text.includes('typ relay'))).toBe(true);
      const told = now.filter(({ to }) => to === 'phone').map(({ text }) => text);
      expect(told.filter((text) => text.includes(address) || / typ (?:host|srflx|prflx)/.test(text))).toEqual(
        [],
      );
      const stats = (await statsOf(sophie.phone)).filter(({ type }) => type === 'remote-candidate');
      expect(stats.map((entry) => entry['candidateType'])).toEqual(stats.map(() => 'relay'));
      expect(JSON.stringify(stats)).not.toContain(address);
      await hangUp(caller, callee);
    });
  }

  await test.step('the operator hides everybody’s', async () => {
    const always = await serve({ ...settings, HIDE_ADDRESSES: 'always' });
    for (const person of [emmy, sophie]) await person.signIn(always.url);
    expect(await talk(sophie, emmy)).toEqual(['udp', 'udp']);
    await hangUp(sophie, emmy);
  });

  await test.step('without a relay no call reveals a hidden address, and the person is told so', async () => {
    // The same people, and what they chose, at a server that has lost its relay.
    const bare = await serve({ DATABASE_URL: database });
    for (const person of [emmy, sophie]) await person.signIn(bare.url);
    await emmy.call('Sophie', 'audio');
    await expect(emmy.popup.getByText(words('problemRelayNeeded'))).toBeVisible();
    await sophie.call('Emmy', 'audio');
    await emmy.accept();
    await expect(emmy.popup.getByText(words('problemRelayNeeded'))).toBeVisible();
    await inspectPage(emmy.popup, { state: 'popup-relay-needed', as: 'popup' });
    expect((await emmy.snapshot()).incoming).toHaveLength(1);

    const settingsPage = await emmy.openPage('settings');
    const hide = settingsPage.getByRole('switch', { name: words('hideAddress') });
    await expect(hide).toBeChecked();
    await hide.click();
    await expect(hide).toBeDisabled();
    await expect(settingsPage.getByText(words('hideAddressNoRelay'))).toBeVisible();
    await inspectPage(settingsPage, { state: 'settings-hide-address-no-relay', as: 'tab' });
    await emmy.accept();
    await Promise.all([emmy.connected(), sophie.connected()]);
  });
});

test('expired credentials are renewed for an ICE restart', async ({ relay, serve, people }) => {
  // The server's clock is so late that what it takes for twelve hours are half a minute for the relay.
  const life = 30_000;
  const server = await serve({ ...withRelay(relay, [relay.urls.udp]), ...lateBy(12 * 3_600_000 - life) });
  const { emmy, sophie, hosts } = await people(server, 'strict');
  expect(await talk(emmy, sophie)).toContain('udp');
  const lapsed = Date.now() + life;
  await until(() => Date.now() > lapsed, { what: 'the credentials to lapse', timeout: life + 5_000 });
  // The relay asks every client for a name first; only a client that gave one counts as refused.
  const refusals = () => relay.log().match(/user <\d+:[^>]+>: .* error 401/g) ?? [];
  expect(refusals()).toEqual([]);
  // Both, because one relay is enough: one that is still held would carry the call on.
  for (const host of hosts) {
    host.loseAddress();
    host.gainAddress();
  }
  await until(async () => (await emmy.snapshot()).call?.phase.kind === 'reconnecting', {
    what: 'the call to look for another path',
  });
  await Promise.all([emmy.connected(), sophie.connected()]);
  expect(refusals()).not.toEqual([]);
  await Promise.all([expectSound(emmy), expectSound(sophie)]);
  await hangUp(emmy, sophie);
});

test('if nothing gets through, the call says why', async ({ network, relayHost, relay, serve, people }) => {
  const { emmy, sophie, hosts } = await people(await serve(), 'strict');
  const fails = async (problem: string, text: Parameters<typeof words>[0]) => {
    await emmy.call('Sophie', 'audio');
    await sophie.accept();
    expect(await Promise.all([emmy.ended(45_000), sophie.ended(45_000)])).toEqual([
      'media-failed',
      'media-failed',
    ]);
    await expect(emmy.popup.getByText(words(text))).toBeVisible();
    const told = await emmy.ask('report', {});
    expect(told.ok && told.report).toContain(`media-failed, ${problem}`);
    expect(told.ok && told.report).not.toMatch(/\d+\.\d+\.\d+\.\d+(?! Safari)/);
  };

  await test.step('no relay', async () => {
    await fails('no-relay', 'pathNoRelay');
    await expect(sophie.popup.getByText(words('pathNoRelay'))).toBeVisible();
    await inspectPage(emmy.popup, { state: 'popup-ended-no-relay', as: 'popup' });
    await emmy.reset();
    await sophie.reset();
  });

  await test.step('a relay that cannot be reached', async () => {
    const server = await serve(withRelay(relay, [relay.urls.udp, relay.urls.tcp]));
    for (const person of [emmy, sophie]) await person.signIn(server.url);
    if (hosts[0]) network.drop(hosts[0], relayHost);
    await fails('relay-unreachable', 'pathRelayUnreachable');
    await expect(sophie.popup.getByText(words('pathNone'))).toBeVisible();
  });
});

test.describe('machines with IPv6 alone', () => {
  test.use({ family: 'IPv6' });

  test('a direct call, and one over the relay', async ({ database, relay, serve, people }) => {
    const turn = { ...withRelay(relay, [relay.urls.udp]), DATABASE_URL: database };
    const direct = await serve(turn);
    const { emmy, sophie } = await people(direct, 'open');
    expect(await talk(emmy, sophie)).toEqual([null, null]);
    await hangUp(emmy, sophie);
    await direct.stop();
    const hiding = await serve({ ...turn, HIDE_ADDRESSES: 'always' });
    for (const person of [emmy, sophie]) await person.signIn(hiding.url);
    expect(await talk(emmy, sophie)).toEqual(['udp', 'udp']);
    await hangUp(emmy, sophie);
  });
});
