import type { Logger } from 'pino';
import type { DirectoryMode } from '../../protocol/people/contacts.ts';
import { refuse } from '../../protocol/events.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Calls } from '../calls/create-calls.ts';
import type { Emitter } from '../emitter.ts';
import type { Clock } from '../clock.ts';
import type { Handlers } from '../handlers.ts';
import type { Store } from '../store.ts';
import { createBlockPeople } from './block-people.ts';
import type { ContactChanges } from './contact-changes.ts';
import { createContactCodes } from './contact-codes.ts';
import { createContactRequests } from './contact-requests.ts';
import { createMakeContacts } from './make-contacts.ts';
import type { PendingList } from './pending.ts';
import { createRemoveContact } from './remove-contact.ts';

interface ContactHandlersDeps {
  mode: DirectoryMode;
  store: Pick<Store, 'accounts' | 'blocks' | 'marks' | 'contacts' | 'requests' | 'contactCodes' | 'profiles'>;
  changes: ContactChanges;
  announcer: Pick<Emitter, 'toPerson'>;
  pending: PendingList;
  visibility: { freeze(one: UserId, other: UserId): Promise<void> };
  calls: Pick<Calls, 'separated'>;
  clock: Clock;
  log: Logger;
}

/** Events by which people find one another. */
type Agreeing =
  | 'contact:request'
  | 'contact:cancel'
  | 'contact:accept'
  | 'contact:decline'
  | 'contact:remove'
  | 'contact:make-code'
  | 'contact:revoke-code'
  | 'contact:redeem';

/** Where everybody is a contact, there is nothing to agree on. */
const refuseAll = (): Pick<Handlers, Agreeing> => {
  const no = () => Promise.resolve(refuse('not-allowed'));
  return {
    'contact:request': no,
    'contact:cancel': no,
    'contact:accept': no,
    'contact:decline': no,
    'contact:remove': no,
    'contact:make-code': no,
    'contact:revoke-code': no,
    'contact:redeem': no,
  };
};

/** The handlers of all events about who knows whom. */
export const createContactHandlers = (
  deps: ContactHandlersDeps,
): Pick<Handlers, Agreeing | 'contact:block' | 'contact:unblock'> => {
  const { store } = deps;
  const { contacts, requests, blocks, marks, profiles } = store;
  const blocking = createBlockPeople({ ...deps, blocks, marks, requests, profiles });
  if (deps.mode === 'everyone') return { ...refuseAll(), ...blocking };
  const makeContacts = createMakeContacts({ contacts, requests });
  const shared = { ...deps, contacts, requests, blocks, makeContacts };
  return {
    ...blocking,
    ...createContactRequests({ ...shared, accounts: store.accounts }),
    ...createContactCodes({ ...shared, codes: store.contactCodes, profiles }),
    'contact:remove': createRemoveContact({ ...deps, contacts, marks }),
  };
};
