import type { Account } from '../../protocol/account/account.ts';
import type { ServerPayload } from '../../protocol/events.ts';
import type { OwnPresence } from '../../protocol/presence/presence.ts';

/** What a server tells a phone whose person knows nobody and has missed nothing. */
export const sampleReady = (account: Account, presence: OwnPresence): ServerPayload<'session:ready'> => ({
  account,
  presence,
  privacy: { hideAddress: false, relay: 'none' },
  contacts: [],
  directory: 'everyone',
  pending: { incoming: [], outgoing: [], code: null },
  blocked: [],
  ringing: [],
  queue: { v: 0, shown: [], waiting: 0 },
  missed: { count: 0, latest: null },
  elsewhere: null,
  iceServers: [],
  unread: [],
});
