import type { Resident } from '../../testkit/server/add-residents.ts';
import { loopbackAddress } from '../light-phone.ts';
import type { CallPair, CallPhone, Hear } from './call-phone.ts';
import { BARE } from './dialects.ts';
import { FullListPhone } from './full-list-phone.ts';
import type { MeasuredProcess } from './measured-process.ts';
import { OurPhone } from './our-phone.ts';
import { RelayedPhone } from './relayed-phone.ts';
import { startOurs, startScript } from './start-servers.ts';

/** A server over which the bench places the same calls as over the others. */
export interface Contestant {
  readonly name: string;
  start(): Promise<MeasuredProcess>;
  /** The `index`-th pair of phones that call each other, connected. */
  pair(url: string, index: number): Promise<CallPair>;
}

type Open = (side: 'caller' | 'callee', hear: Hear) => CallPhone;

const openPair = async (open: Open): Promise<CallPair> => {
  const ignore: Hear = () => undefined;
  // Replaced for each call, so that late events of one call do not reach the next.
  const heard: CallPair['hear'] = { caller: ignore, callee: ignore };
  const holder = { hear: heard };
  const opened = (side: 'caller' | 'callee'): CallPhone =>
    open(side, (step, callId) => {
      holder.hear[side](step, callId);
    });
  const pair = Object.assign(holder, { caller: opened('caller'), callee: opened('callee') });
  await Promise.all([pair.caller.ready, pair.callee.ready]);
  return pair;
};

/** The names of a pair at servers that need no account. */
const namesOf = (index: number) => ({
  caller: `quiet-${String(index)}-a`,
  callee: `quiet-${String(index)}-b`,
});
const OTHER = { caller: 'callee', callee: 'caller' } as const;

/** Our server; neighbours in the ring of residents are contacts. Each pair is spread over the nodes in `urls`. */
export const ourPair = (
  urls: { caller: string; callee: string },
  residents: readonly Resident[],
  index: number,
): Promise<CallPair> => {
  const [one, two] = [residents[2 * index], residents[2 * index + 1]];
  if (!one || !two) throw new Error('there are not enough people');
  const people = { caller: one, callee: two };
  return openPair(
    (side, hear) =>
      new OurPhone(urls[side], {
        token: people[side].token,
        localAddress: loopbackAddress(index),
        other: people[OTHER[side]].userId,
        hear,
      }),
  );
};

const bareRelay = (folder: string, name: string, args: readonly string[]): Contestant => ({
  name,
  start: () => startScript('load/bare-relay-server.ts', folder, args),
  pair: (url, index) =>
    openPair((side, hear) => {
      const names = namesOf(index);
      return new RelayedPhone(url, BARE, { name: names[side], other: names[OTHER[side]], hear });
    }),
});

/** The servers that ours is compared with. */
export const contestants = (folder: string): Contestant[] => [
  bareRelay(folder, 'bare ws relay', []),
  bareRelay(folder, 'bare ws relay that acknowledges', ['acknowledging']),
  {
    name: 'Socket.IO, full list',
    start: () => startScript('full-list-server.ts', folder),
    pair: (url, index) =>
      openPair((side, hear) => {
        const names = namesOf(index);
        return new FullListPhone(url, { name: names[side], other: names[OTHER[side]], hear });
      }),
  },
];

/** Our server with these people in its database. `copy` makes a fresh copy of the database. */
export const ours = (
  residents: readonly Resident[],
  about: { name: string; folder: string; database: () => Promise<string> },
): Contestant => ({
  name: about.name,
  start: async () => startOurs({ database: await about.database(), folder: about.folder }),
  pair: (url, index) => ourPair({ caller: url, callee: url }, residents, index),
});
