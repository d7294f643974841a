import type { Calls } from './calls/create-calls.ts';
import type { Duties } from './live.ts';
import type { PresenceFeature } from './presence/compose-presence.ts';

/** What the live state asks of the server's features. */
export const createDuties = ({
  calls,
  presences: { presence, ownPresence },
  lost,
  refresh,
}: {
  calls: Pick<Calls, 'restore' | 'due' | 'unsettled'>;
  presences: Pick<PresenceFeature, 'presence' | 'ownPresence'>;
} & Pick<Duties, 'lost' | 'refresh'>): Duties => ({
  async restore() {
    await ownPresence.restore();
    await calls.restore();
  },
  lost,
  callDue: (callId) => calls.due(callId),
  callUnsettled: (callId) => calls.unsettled(callId),
  presenceDue: (userId) => presence.due(userId),
  choiceDue: (userId) => ownPresence.due(userId),
  refresh,
});
