import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { NetworkHost } from '../e2e/support/network-host.ts';
import { Network } from '../e2e/support/network.ts';
import { Person } from '../e2e/support/person.ts';
import { startServer } from '../e2e/support/start-server.ts';
import { bareCall } from './bare-page.ts';
import * as phones from './measured-phone.ts';
import { openBarePages } from './open-bare-pages.ts';
import { ourCall } from './our-call.ts';

const RELAY = fileURLToPath(new URL('relay-process.ts', import.meta.url));
const RELAY_PORT = 3001;

/** The round trip between the two people, in milliseconds. The server lies midway. */
export const ROUND_TRIP = 100;

/** Times from Accept to the first frame at the callee, in milliseconds. */
export interface FarApart {
  ours: number[];
  bare: number[];
}

const startFarRelay = async (host: NetworkHost) => {
  const child = host.namespace.spawn(process.execPath, [RELAY, host.address, String(RELAY_PORT)]);
  child.stderr.pipe(process.stderr);
  await once(child.stdout, 'data');
  return { url: `http://${host.address}:${String(RELAY_PORT)}/`, child };
};

/**
 * Video calls between two machines far apart, each after a warm-up. Every packet passes a TUN device that holds it
 * back. Linux and root only.
 * @param args For both browsers.
 */
export const farApart = async (calls: number, args: readonly string[]): Promise<FarApart> => {
  const network = new Network();
  const [middle, one, other] = [network.host('middle'), network.host('ada'), network.host('grace')];
  await network.delay(
    new Map([
      [one, ROUND_TRIP / 4],
      [other, ROUND_TRIP / 4],
    ]),
  );
  const server = await startServer({}, middle);
  const relay = await startFarRelay(middle);
  // A page without a certificate may use no camera unless Chromium trusts its address.
  const trust = `--unsafely-treat-insecure-origin-as-secure=${new URL(relay.url).origin}`;
  const open = (name: string, host: NetworkHost): Promise<Person> =>
    Person.signedUp(name, server.url, { host, fps: 20, args: [...args, trust] });
  const [caller, callee] = [await open('Ada', one), await open('Grace', other)];
  const [bareCaller, bareCallee] = await openBarePages([caller, callee], relay.url);
  if (!bareCaller || !bareCallee) throw new Error('Two pages were asked for.');
  for (const person of [caller, callee]) await phones.measure(person);

  const times: FarApart = { ours: [], bare: [] };
  for (let round = 0; round <= calls; round++) {
    const [, bare] = await bareCall(bareCaller, bareCallee);
    const ours = await ourCall(caller, callee, true);
    if (round === 0) continue;
    times.bare.push((bare['first-frame'] ?? Number.NaN) - (bare['accept'] ?? Number.NaN));
    times.ours.push((ours.callee['first-frame'] ?? Number.NaN) - ours.accepted);
  }
  await Promise.all([caller.close(), callee.close()]);
  await server.stop();
  relay.child.kill();
  await network.close();
  return times;
};
