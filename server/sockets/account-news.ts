import type { Account } from '../../protocol/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Calls } from '../calls/create-calls.ts';
import type { OwnPresence } from '../presence/create-own-presence.ts';
import { whileAway } from '../live/while-away.ts';
import { NOT_THERE, type Presence } from '../presence/presence.ts';
import type { Announcer } from './announcer.ts';
import { userRoom, watchRoom } from './rooms.ts';
import type { PhoneServer } from './typed-io.ts';

interface AccountNewsDeps {
  io: PhoneServer;
  announcer: Announcer;
  presence: Pick<Presence, 'publishedOf'>;
  ownPresence: Pick<OwnPresence, 'forget'>;
  calls: Pick<Calls, 'gone'>;
}

/** What live connections hear when a person changes or deletes their own account. */
export interface AccountNews {
  /** All devices of the person, and everybody who may see them. */
  onChanged(account: Account): Promise<void>;
  /** Calls end, the person leaves others' lists, and their connections end for good. */
  onDeleted(userId: UserId): Promise<void>;
}

export const createAccountNews = ({
  io,
  announcer,
  presence,
  ownPresence,
  calls,
}: AccountNewsDeps): AccountNews => ({
  async onChanged(account) {
    const { userId } = account;
    announcer.toPerson(userId, 'account:changed', account);
    const shown = await whileAway(presence.publishedOf(userId), NOT_THERE);
    announcer.toWatchers(userId, 'contact:changed', { ...account, ...shown });
  },
  async onDeleted(userId) {
    await whileAway(calls.gone(userId), undefined);
    await whileAway(ownPresence.forget(userId), undefined);
    announcer.toWatchers(userId, 'contact:removed', { userId });
    io.in(watchRoom(userId)).socketsLeave(watchRoom(userId));
    const phones = io.in(userRoom(userId));
    phones.emit('session:ended', { code: 'account-deleted' });
    phones.disconnectSockets(true);
  },
});
