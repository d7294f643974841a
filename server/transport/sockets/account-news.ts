import type { Logger } from 'pino';
import type { Account } from '../../../protocol/account/account.ts';
import type { UserId } from '../../../protocol/ids.ts';
import type { Calls } from '../../calls/create-calls.ts';
import type { Clock } from '../../clock.ts';
import type { OwnPresence } from '../../presence/create-own-presence.ts';
import { whileAway } from '../../while-away.ts';
import type { LiveLists } from '../../people/live-lists.ts';
import { NOT_THERE, type Presence } from '../../presence/presence.ts';
import type { ProfileStore } from '../../people/profile-store.ts';
import { Turns } from '../../turns.ts';
import type { Announcer } from './announcer.ts';
import { mergeBursts } from './merge-bursts.ts';
import { missRoom, userRoom, watchRoom } from './rooms.ts';
import type { PhoneServer } from './typed-io.ts';

interface AccountNewsDeps {
  io: PhoneServer;
  announcer: Announcer;
  presence: Pick<Presence, 'publishedOf'>;
  profiles: Pick<ProfileStore, 'release'>;
  lists: Pick<LiveLists, 'thaw'>;
  ownPresence: Pick<OwnPresence, 'forget'>;
  calls: Pick<Calls, 'gone'>;
  clock: Clock;
  log: Pick<Logger, 'error'>;
}

/** Milliseconds after a person's change that is told at once, in which all further changes are told together. */
const MERGED_WITHIN = 1000;

/** What live connections hear when a person changes or deletes their own account. */
export interface AccountNews {
  /** Tells all phones of the person, and everybody who may see them as soon as the person is there for them. */
  onChanged(account: Account): Promise<void>;
  /** A person who was offline for others is there again: what they have changed meanwhile is told. */
  onAppeared(userId: UserId): Promise<void>;
  /** Calls end, the person leaves others' lists, and their connections end for good. */
  onDeleted(userId: UserId): Promise<void>;
  /** Tells at once what was to be told together later, because this node is about to stop. */
  flush(): Promise<void>;
}

export const createAccountNews = ({
  io,
  announcer,
  presence,
  profiles,
  lists,
  ownPresence,
  calls,
  clock,
  log,
}: AccountNewsDeps): AccountNews => {
  // Otherwise what was read first might be sent last.
  const turns = new Turns<UserId>();

  /** @param mustTell whether it is certain that those who see the person have not been told. */
  const release = (userId: UserId, mustTell: boolean): Promise<void> =>
    turns.take(userId, async () => {
      const { person, changed, thawed } = await profiles.release(userId);
      for (const { viewer } of thawed) await whileAway(lists.thaw(viewer, userId), undefined);
      if (!person) return;
      const contact = { ...person, ...(await whileAway(presence.publishedOf(userId), NOT_THERE)) };
      if (mustTell || changed) {
        announcer.toWatchers(userId, 'contact:changed', contact);
        return;
      }
      for (const { viewer, changed: isNewTo } of thawed) {
        if (isNewTo) announcer.toPerson(viewer, 'contact:changed', contact);
      }
    });

  const isOffline = async (userId: UserId): Promise<boolean> =>
    (await whileAway(presence.publishedOf(userId), NOT_THERE)).status === 'offline';

  const changes = mergeBursts<UserId>({
    clock,
    within: MERGED_WITHIN,
    // Nothing about somebody offline is sent until they are back: it would reveal that they are there.
    work: async (userId) => {
      if (!(await isOffline(userId))) await release(userId, true);
    },
    onFailed: (error) => {
      log.error({ err: error }, 'a changed name or picture was not told');
    },
  });

  return {
    async onChanged(account) {
      const { userId } = account;
      announcer.toPerson(userId, 'account:changed', account);
      // A burst must not begin either: the next change would be sent late.
      if (!(await isOffline(userId))) await changes.run(userId);
    },
    onAppeared: (userId) => release(userId, false),
    flush: () => changes.flush(),
    async onDeleted(userId) {
      await whileAway(calls.gone(userId), undefined);
      // First, so that nobody hears of what is forgotten.
      for (const room of [watchRoom(userId), missRoom(userId)]) {
        io.to(room).emit('contact:removed', { userId });
        io.in(room).socketsLeave(room);
      }
      await whileAway(ownPresence.forget(userId), undefined);
      const phones = io.in(userRoom(userId));
      phones.emit('session:ended', { code: 'account-deleted' });
      phones.disconnectSockets(true);
    },
  };
};
