import type { Account } from '../../../protocol/account/account.ts';
import type { Identity } from '../../account/accounts.ts';
import type { Calls } from '../../calls/create-calls.ts';
import type { Directory } from '../../people/directory.ts';
import type { LiveLists } from '../../people/live-lists.ts';
import { whileAway } from '../../while-away.ts';
import { NOT_THERE, type Presence } from '../../presence/presence.ts';
import type { Announcer } from './announcer.ts';
import { sessionRoom, userRoom, watchRoom } from './rooms.ts';
import type { PhoneServer } from './typed-io.ts';

interface IntroductionDeps {
  io: PhoneServer;
  announcer: Announcer;
  directory: Directory;
  presence: Presence;
  calls: Pick<Calls, 'signedOut'>;
  lists: Pick<LiveLists, 'touch'>;
}

/** What live connections hear of changes to accounts and sessions. */
export interface Introduction {
  /** A new person appears in the lists of those who may see them. */
  onCreated(account: Account): Promise<void>;
  /** A session's connections end at once and for good. */
  onSignedOut(identity: Identity): Promise<void>;
}

export const createIntroduction = (deps: IntroductionDeps): Introduction => ({
  async onCreated({ userId, username, displayName }: Account): Promise<void> {
    const shown = await whileAway(deps.presence.publishedOf(userId), NOT_THERE);
    const contact = { userId, username, displayName, ...shown };
    const watchers = await deps.directory.watchersOf(userId);
    // A phone that connects at this moment may have read its list before, and would hear of the new person too early.
    for (const watcher of watchers) await whileAway(deps.lists.touch(watcher), undefined);
    for (const watcher of watchers) {
      deps.io.in(userRoom(watcher)).socketsJoin(watchRoom(userId));
      // Not to the room just made, which another node may not hear of yet.
      deps.announcer.toPerson(watcher, 'contact:changed', contact);
    }
  },
  async onSignedOut({ userId, sessionId }: Identity): Promise<void> {
    // A call that cannot be ended now ends when its phone is noted as gone.
    await whileAway(deps.calls.signedOut(userId, sessionId), undefined);
    const phones = deps.io.in(sessionRoom(sessionId));
    phones.emit('session:ended', { code: 'unauthorized' });
    phones.disconnectSockets(true);
  },
});
