import type { Sender } from '../../sender.ts';
import type { InstanceId, SessionId, UserId } from '../../../protocol/ids.ts';
import type { LivePhones } from '../../presence/live-phones.ts';

/** How many superseded phones of one session are remembered, so that a late reconnection of one is refused. */
const REMEMBERED = 8;

/** Connected phones, in this process. */
export const createMemoryPhones = (): LivePhones => {
  const connections = new Map<InstanceId, { phone: Sender; connectionId: string }>();
  const byUser = new Map<UserId, Set<InstanceId>>();
  const superseded = new Map<SessionId, InstanceId[]>();

  const remove = (phone: Sender): void => {
    connections.delete(phone.instanceId);
    const rest = byUser.get(phone.userId);
    rest?.delete(phone.instanceId);
    if (rest?.size === 0) byUser.delete(phone.userId);
  };

  const phonesOf = (userId: UserId): Sender[] =>
    [...(byUser.get(userId) ?? [])].flatMap((instanceId) => connections.get(instanceId)?.phone ?? []);

  /** Removes the session's other phones and returns them. */
  const supersede = ({ userId, sessionId, instanceId }: Sender): InstanceId[] => {
    const others = phonesOf(userId).filter(
      (other) => other.sessionId === sessionId && other.instanceId !== instanceId,
    );
    for (const other of others) remove(other);
    return others.map((other) => other.instanceId);
  };

  return {
    join(phone, connectionId) {
      const known = superseded.get(phone.sessionId) ?? [];
      const holder = connections.get(phone.instanceId)?.phone.userId ?? phone.userId;
      if (known.includes(phone.instanceId) || holder !== phone.userId) {
        return Promise.resolve({ kind: 'superseded' });
      }
      const old = supersede(phone);
      if (old.length > 0) superseded.set(phone.sessionId, [...known, ...old].slice(-REMEMBERED));
      const replaced = connections.get(phone.instanceId)?.connectionId ?? null;
      connections.set(phone.instanceId, { phone, connectionId });
      const phones = byUser.get(phone.userId) ?? new Set();
      byUser.set(phone.userId, phones.add(phone.instanceId));
      return Promise.resolve({ kind: 'joined', superseded: old, replaced });
    },
    isReplaced({ instanceId }, connectionId) {
      const known = connections.get(instanceId);
      return Promise.resolve(known !== undefined && known.connectionId !== connectionId);
    },
    leave(phone, connectionId) {
      const known = connections.get(phone.instanceId);
      if (known?.connectionId !== connectionId) return Promise.resolve(known === undefined);
      remove(phone);
      return Promise.resolve(true);
    },
    has: ({ instanceId }) => Promise.resolve(connections.has(instanceId)),
    isOnline: (userId) => Promise.resolve(byUser.has(userId)),
    sessionsOf: (userId) => Promise.resolve(new Set(phonesOf(userId).map(({ sessionId }) => sessionId))),
  };
};
