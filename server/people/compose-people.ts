import type { Logger } from 'pino';
import type { Account } from '../../protocol/account/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Calls } from '../calls/create-calls.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Emitter } from '../emitter.ts';
import type { Handlers } from '../handlers.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import type { OneAtATime } from '../one-at-a-time.ts';
import type { Store } from '../store.ts';
import { ContactChanges } from './contact-changes.ts';
import { createContactHandlers } from './contact-handlers.ts';
import { createPrivacy, type OwnPrivacy } from './create-privacy.ts';
import type { Directory, Relation } from './directory.ts';
import { createMarkContact } from './mark-contact.ts';
import { createPendingList, type PendingList } from './pending.ts';
import { createPictures, type Pictures } from './pictures.ts';

interface PeopleParts {
  config: Pick<Config, 'directory' | 'turn' | 'hideAddresses'>;
  store: Pick<
    Store,
    | 'accounts'
    | 'blocks'
    | 'marks'
    | 'contacts'
    | 'requests'
    | 'contactCodes'
    | 'profiles'
    | 'privacy'
    | 'pictures'
  >;
  oneAtATime: OneAtATime;
  directory: Directory;
  /** Where people's lists are shown. */
  visibility: {
    show(viewer: UserId, userId: UserId, before: Relation, after: Relation): Promise<void>;
    freeze(one: UserId, other: UserId): Promise<void>;
    touch(userId: UserId): Promise<void>;
  };
  emitter: Pick<Emitter, 'toPerson'>;
  calls: Pick<Calls, 'separated'>;
  createLimiter: CreateLimiter;
  /** The person's devices, and those who see them, are to know. */
  onPictureChanged: (account: Account) => Promise<void>;
  clock: Clock;
  log: Logger;
}

/** Who knows whom, what people mark and what they hide. */
export interface PeopleFeature {
  readonly handlers: Pick<Handlers, Extract<keyof Handlers, `contact:${string}` | 'privacy:set'>>;
  readonly changes: ContactChanges;
  readonly pending: PendingList;
  readonly privacy: OwnPrivacy;
  readonly pictures: Pictures;
}

/** Puts the feature together. */
export const composePeople = (parts: PeopleParts): PeopleFeature => {
  const { config, store, directory, emitter: announcer } = parts;
  const { requests, contactCodes: codes, marks } = store;
  const pending = createPendingList({ ...parts, requests, codes, announcer });
  const changes = new ContactChanges(parts);
  const privacy = createPrivacy({ store: store.privacy, announcer, config });
  return {
    handlers: {
      ...createContactHandlers({ ...parts, mode: config.directory, changes, announcer, pending }),
      'contact:mark': createMarkContact({ marks, directory, announcer }),
      'privacy:set': privacy.set,
    },
    changes,
    pending,
    privacy,
    pictures: createPictures({ ...parts, onChanged: parts.onPictureChanged }),
  };
};
