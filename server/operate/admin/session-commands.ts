import { usernameSchema } from '../../../protocol/account/account.ts';
import { sessionIdSchema } from '../../../protocol/ids.ts';
import type { Clock } from '../../clock.ts';
import type { SessionLine } from '../../account/operator-store.ts';
import type { Store } from '../../store.ts';
import { AdminError } from './admin-error.ts';

/** What an operator does with devices. All throw `AdminError`. */
export interface SessionCommands {
  /** @param username whose devices; null: everybody's. */
  list(username: string | null): Promise<SessionLine[]>;
  /** Signs one device out, or all of a person's; returns how many. */
  revoke(which: { sessionId: string } | { username: string }): Promise<number>;
}

export const createSessionCommands = (store: Store, clock: Pick<Clock, 'now'>): SessionCommands => {
  const sessionsOf = async (typed: string): Promise<SessionLine[]> => {
    const { data: username } = usernameSchema.safeParse(typed);
    const account = username === undefined ? null : await store.accounts.byUsername(username);
    if (!account) throw new AdminError(`there is no account ${typed}`);
    return store.operator.sessions(account.userId);
  };

  const named = async (sessionId: string): Promise<{ sessionId: string; userId: string }[]> => {
    const known = sessionIdSchema.safeParse(sessionId).success ? await store.sessions.byId(sessionId) : null;
    if (!known) throw new AdminError(`there is no session ${sessionId}`);
    return [known];
  };

  return {
    list: (username) => (username === null ? store.operator.sessions() : sessionsOf(username)),
    async revoke(which) {
      const sessions = 'username' in which ? await sessionsOf(which.username) : await named(which.sessionId);
      await store.atomically(async (stores) => {
        for (const { sessionId, userId } of sessions) {
          await stores.sessions.remove(sessionId);
          await stores.operator.recordChange({ kind: 'session-revoked', userId, sessionId }, clock.now());
        }
      });
      return sessions.length;
    },
  };
};
