import type { Logger } from 'pino';
import type { UserId } from '../../protocol/ids.ts';
import type { PresenceChange } from '../../protocol/presence/presence.ts';
import type { Clock } from '../clock.ts';
import type { Emitter } from '../emitter.ts';
import type { Live } from '../live.ts';
import { whileAway } from '../while-away.ts';
import { createOwnPresence, type OwnPresence } from './create-own-presence.ts';
import { Presence } from './presence.ts';
import type { PresenceStore } from './presence-store.ts';

interface PresenceParts {
  store: PresenceStore;
  live: Pick<Live, 'presence' | 'isUp' | 'remind'>;
  emitter: Pick<Emitter, 'toPerson'>;
  /** Tells those who may see the person. */
  publish: (change: PresenceChange) => void;
  /** Others saw the person as offline, and now see them again. */
  onAppeared: (userId: UserId) => Promise<void>;
  /** A person's device has asked for a status. `appeared`: they no longer appear offline. */
  onStatusSet: (userId: UserId, about: { appeared: boolean }) => Promise<void>;
  clock: Clock;
  log: Logger;
}

/** Everybody's presence, and what people decide about their own. */
export interface PresenceFeature {
  readonly presence: Presence;
  readonly ownPresence: OwnPresence;
  readonly handlers: OwnPresence['handlers'];
  /** Whether a person appears offline; true while live state is unreachable, so that nobody is revealed by mistake. */
  readonly isHidden: (userId: UserId) => Promise<boolean>;
  /** Stops timers. */
  close(): void;
}

/** Puts the feature together. */
export const composePresence = ({
  store,
  live,
  emitter,
  publish,
  onAppeared,
  onStatusSet,
  clock,
  log,
}: PresenceParts): PresenceFeature => {
  const logged =
    (message: string) =>
    (error: unknown): void => {
      log.error({ err: error }, message);
    };
  const seenNotKept = logged('when somebody was here last could not be kept');
  const presence = new Presence({
    live: live.presence,
    clock,
    publish,
    onSeen: (userId, at) => {
      store.seen([userId], at).catch(seenNotKept);
    },
    onForgotten: (userId) => {
      store.forgetSeen(userId).catch(seenNotKept);
    },
    onAppeared: (userId) => {
      onAppeared(userId).catch(logged('what somebody changed while they were offline was not told'));
    },
    onError: logged('a change of presence could not be kept'),
  });
  const ownPresence = createOwnPresence({ store, live, presence, emitter, clock, log });
  const isHidden = async (userId: UserId): Promise<boolean> =>
    (await whileAway(presence.chosen(userId), 'appear-offline')) === 'appear-offline';
  return {
    presence,
    ownPresence,
    handlers: {
      ...ownPresence.handlers,
      'presence:set': async (from, choice) => {
        const wasHidden = await isHidden(from.userId);
        const answer = await ownPresence.handlers['presence:set'](from, choice);
        await onStatusSet(from.userId, { appeared: wasHidden && answer.ok });
        return answer;
      },
    },
    isHidden,
    close: () => {
      ownPresence.close();
      presence.close();
    },
  };
};
