import type { Logger } from 'pino';
import type { Accounts } from '../../account/accounts.ts';
import type { Messages } from '../../chat/messages.ts';
import type { CallsFeature } from '../../calls/compose-calls.ts';
import type { Clock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import type { Devices } from '../../devices/devices.ts';
import type { History } from '../../history/create-history.ts';
import type { CreateLimiter } from '../../limits/limiter.ts';
import type { Live } from '../../live.ts';
import type { PeopleFeature } from '../../people/compose-people.ts';
import type { Directory } from '../../people/directory.ts';
import type { PresenceFeature } from '../../presence/compose-presence.ts';
import type { Store } from '../../store.ts';
import type { Admission } from '../create-admission.ts';
import type { TransportObserver } from '../observer.ts';
import { createEventLimits } from './event-limits.ts';
import { createFloodPauses } from './flood-pauses.ts';
import { openGateway } from './gateway.ts';
import { createLists } from './lists.ts';
import { createNotePhoneGone, type NotePhoneGone } from './note-phone-gone.ts';
import { createReceive, type Traffic } from './receive.ts';
import { createReception } from './reception.ts';
import type { PhoneServer } from './typed-io.ts';
import type { Visibility } from './visibility.ts';

interface PhonesParts {
  io: PhoneServer;
  admission: Admission;
  observer: TransportObserver;
  config: Pick<Config, 'directory'>;
  store: Pick<Store, 'accounts' | 'sessions' | 'marks' | 'blocks'>;
  live: Pick<Live, 'phones' | 'fanOut'>;
  createLimiter: CreateLimiter;
  accounts: Pick<Accounts, 'authenticate'>;
  directory: Directory;
  visibility: Visibility;
  people: PeopleFeature;
  presence: PresenceFeature;
  calls: CallsFeature;
  messages: Messages;
  history: History;
  devices: Devices;
  isDraining: () => boolean;
  clock: Clock;
  log: Logger;
}

/** The way in for phones. */
export interface Phones {
  readonly traffic: Readonly<Traffic>;
  /** For phones whose node is dead. */
  readonly notePhoneGone: NotePhoneGone;
}

/** Puts together what admits phones, what receives their events, and what notices when they go. */
export const openPhones = (parts: PhonesParts): Phones => {
  const { io, admission, live, createLimiter, people, calls, clock, log } = parts;
  const { presence, ownPresence } = parts.presence;
  const traffic: Traffic = {
    events: 0,
    unknownEvents: 0,
    refusedEvents: 0,
    limitedEvents: 0,
    failedEvents: 0,
  };
  const settled = (): Promise<void> => live.fanOut.settled();
  const notePhoneGone = createNotePhoneGone({ presence, calls: calls.calls });
  openGateway(io, {
    ...parts,
    arrivals: admission.arrivals,
    limitEvent: createEventLimits(createLimiter, traffic),
    floods: createFloodPauses(createLimiter, clock),
    receive: createReceive(
      {
        ...calls.handlers,
        ...people.handlers,
        ...parts.presence.handlers,
        ...parts.messages.handlers,
        ...parts.history.handlers,
        ...parts.devices.handlers,
      },
      traffic,
      log,
    ),
    reception: createReception({
      ...parts,
      ...calls,
      phones: live.phones,
      presence,
      ownPresence,
      lists: createLists({ ...parts, ...people, blocks: parts.store.blocks, settled }),
      mode: parts.config.directory,
      privacy: people.privacy,
      settled,
      miss: notePhoneGone,
    }),
  });
  return { traffic, notePhoneGone };
};
