import { RestClient } from '../../extension/phone/connection/rest-client.ts';
import type { SignedIn } from '../../protocol/account/account.ts';
import type { Person } from '../../protocol/presence/presence.ts';
import { Air } from './air.ts';
import type { AirLink } from './air-link.ts';
import type { Balancer } from '../../testkit/server/balancer.ts';
import { Device } from './device.ts';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';

const PASSWORD = 'correct horse battery';
/** How many sign up at the same time. */
const AT_ONCE = 5;

/** How many never answer. */
const DEAF = 3;

/** A person with their devices. */
export interface Resident {
  readonly person: Person;
  readonly devices: readonly Device[];
}

/** All who take part. */
export class Crowd {
  readonly residents: readonly Resident[];
  readonly air: Air<AirLink>;
  readonly #rest: RestClient;

  private constructor(residents: readonly Resident[], air: Air<AirLink>, rest: RestClient) {
    this.residents = residents;
    this.air = air;
    this.#rest = rest;
  }

  /** People sign up and open their phones. @throws Error when a sign-up is refused */
  static async gather(
    size: { people: number; devices: number },
    { balancer, journal, random }: { balancer: Balancer; journal: Journal; random: Random },
  ): Promise<Crowd> {
    const air = new Air<AirLink>(random);
    const rest = new RestClient((await balancer.way()).url);
    const arrive = async (username: string): Promise<Resident> => {
      const devices: Device[] = [];
      const first = await rest.signUp({ username, displayName: username, password: PASSWORD });
      if (!first.ok) throw new Error(`sign-up: ${first.code}`);
      for (let n = 1; n <= size.devices; n += 1) {
        const next = n === 1 ? first : await rest.signIn({ username, password: PASSWORD });
        if (!next.ok) throw new Error(`sign-in: ${next.code}`);
        const name = `${username}/${String(n)}`;
        devices.push(new Device({ name, who: next.value, way: await balancer.way(), air, journal, random }));
      }
      return { person: first.value.account, devices };
    };
    const names = Array.from({ length: size.people }, (_, i) => `p${String(i + 1).padStart(2, '0')}`);
    const residents: Resident[] = [];
    while (names.length > 0) residents.push(...(await Promise.all(names.splice(0, AT_ONCE).map(arrive))));
    return new Crowd(residents, air, rest);
  }

  get devices(): Device[] {
    return this.residents.flatMap(({ devices }) => devices);
  }

  /** Devices that have a network and are not in a call that must be left alone. */
  get present(): Device[] {
    return this.devices.filter((device) => device.isHere && !device.isSpared);
  }

  /** People none of whose devices is in a call or rings, each with one device that is online. */
  get idle(): Resident[] {
    return this.residents.filter(
      ({ devices }) =>
        devices.every((device) => !device.isInCall && !device.isRinging) &&
        devices.some((device) => device.isHere),
    );
  }

  /** Whether a person never answers, so that calls to them time out or are cancelled. */
  isDeaf(resident: Resident): boolean {
    return this.residents.indexOf(resident) < DEAF;
  }

  /** Pairs of devices that talk to each other, both online. */
  get talking(): [Device, Device][] {
    const byCall = new Map<string, Device[]>();
    for (const device of this.present.filter(({ isTalking }) => isTalking)) {
      const callId = device.phone.phone.current?.callId ?? '';
      byCall.set(callId, [...(byCall.get(callId) ?? []), device]);
    }
    return [...byCall.values()]
      .flatMap(([one, other]) => (one && other ? [[one, other] as const] : []))
      .map(([one, other]): [Device, Device] => [one, other]);
  }

  /** Signs in once more, as on a new device; null if that failed. */
  async signIn({ username }: Person): Promise<SignedIn | null> {
    const signedIn = await this.#rest.signIn({ username, password: PASSWORD });
    return signedIn.ok ? signedIn.value : null;
  }
}
