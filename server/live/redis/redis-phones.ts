import type { InstanceId, SessionId, UserId } from '../../../protocol/ids.ts';
import type { Sender } from '../../sender.ts';
import type { Joined, LivePhones } from '../../presence/live-phones.ts';
import type { CellKinds, CellName, Cells } from './cells.ts';
import type { RedisCells } from './redis-cells.ts';

/** How many superseded phones of one session are remembered. Each returns at most once, late. */
const REMEMBERED = 8;
/** For how many sessions of a person superseded phones are remembered. */
const SESSIONS = 32;

type PhonesCell = CellKinds['phones'];

/** Connected phones in Redis, each with the node that it is connected to. */
export interface RedisPhones extends LivePhones {
  /** The phone, if it is connected to this node; null: it is gone, or has connected to another node. */
  at(node: string, phone: { userId: UserId; instanceId: InstanceId }): Promise<Sender | null>;
  /** Removes a phone whose node is dead, unless it has connected to another node. */
  release(node: string, phone: { userId: UserId; instanceId: InstanceId }): Promise<void>;
}

const NOBODY: PhonesCell = { connected: {}, superseded: {} };

const phonesName = (id: UserId): CellName => ({ kind: 'phones', id });
const instanceName = (id: InstanceId): CellName => ({ kind: 'instance', id });

const without = <T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

const put = (cells: Cells, userId: UserId, phones: PhonesCell): void => {
  const isEmpty = [phones.connected, phones.superseded].every((part) => Object.keys(part).length === 0);
  cells.set('phones', userId, isEmpty ? undefined : phones);
};

/** Removes phones. */
const remove = (cells: Cells, userId: UserId, instanceIds: readonly InstanceId[]): PhonesCell => {
  const phones = cells.get('phones', userId) ?? NOBODY;
  for (const instanceId of instanceIds) {
    const node = phones.connected[instanceId]?.node;
    cells.set('instance', instanceId, undefined);
    if (node !== undefined) cells.place(node, { userId, instanceId }, false);
  }
  const rest = { ...phones, connected: without(phones.connected, instanceIds) };
  put(cells, userId, rest);
  return rest;
};

const remember = (
  superseded: PhonesCell['superseded'],
  sessionId: SessionId,
  instanceIds: readonly InstanceId[],
): PhonesCell['superseded'] => {
  if (instanceIds.length === 0) return superseded;
  const known = [...(superseded[sessionId] ?? []), ...instanceIds].slice(-REMEMBERED);
  const others = Object.entries(without(superseded, [sessionId]));
  return Object.fromEntries([...others, [sessionId, known] as const].slice(-SESSIONS));
};

/** @param ownNode returns this node's current name, which changes after a lost lease. */
export const createRedisPhones = (cells: RedisCells, ownNode: () => string): RedisPhones => ({
  join({ userId, sessionId, instanceId }, connectionId): Promise<Joined> {
    return cells.change([phonesName(userId), instanceName(instanceId)], (draft): Joined => {
      const { connected, superseded } = draft.get('phones', userId) ?? NOBODY;
      const holder = draft.get('instance', instanceId)?.userId ?? userId;
      const isLate = superseded[sessionId]?.includes(instanceId) ?? false;
      if (isLate || holder !== userId) return { kind: 'superseded' };
      const replaced = connected[instanceId]?.connectionId ?? null;
      const old = Object.entries(connected)
        .filter(([other, phone]) => other !== instanceId && phone.sessionId === sessionId)
        .map(([other]) => other);
      const rest = remove(draft, userId, replaced === null ? old : [...old, instanceId]);
      const node = ownNode();
      draft.set('phones', userId, {
        connected: { ...rest.connected, [instanceId]: { sessionId, connectionId, node } },
        superseded: remember(superseded, sessionId, old),
      });
      draft.set('instance', instanceId, { userId });
      draft.place(node, { userId, instanceId }, true);
      return { kind: 'joined', superseded: old, replaced };
    });
  },
  isReplaced: ({ userId, instanceId }, connectionId) =>
    cells.change([phonesName(userId)], (draft) => {
      const known = draft.get('phones', userId)?.connected[instanceId];
      return known !== undefined && known.connectionId !== connectionId;
    }),
  leave({ userId, instanceId }, connectionId) {
    return cells.change([phonesName(userId), instanceName(instanceId)], (draft) => {
      const known = draft.get('phones', userId)?.connected[instanceId];
      if (known?.connectionId !== connectionId) return known === undefined;
      remove(draft, userId, [instanceId]);
      return true;
    });
  },
  has: ({ userId, instanceId }) =>
    cells.change(
      [phonesName(userId)],
      (draft) => draft.get('phones', userId)?.connected[instanceId] !== undefined,
    ),
  isOnline: (userId) =>
    cells.change([phonesName(userId)], (draft) => {
      const { connected } = draft.get('phones', userId) ?? NOBODY;
      return Object.keys(connected).length > 0;
    }),
  sessionsOf: (userId) =>
    cells.change([phonesName(userId)], (draft) => {
      const { connected } = draft.get('phones', userId) ?? NOBODY;
      return new Set(Object.values(connected).map(({ sessionId }) => sessionId));
    }),
  at: (node, { userId, instanceId }) =>
    cells.change([phonesName(userId)], (draft) => {
      const known = draft.get('phones', userId)?.connected[instanceId];
      return known?.node === node ? { userId, instanceId, sessionId: known.sessionId } : null;
    }),
  release: (dead, { userId, instanceId }) =>
    cells.change([phonesName(userId), instanceName(instanceId)], (draft) => {
      const known = draft.get('phones', userId)?.connected[instanceId];
      if (known?.node === dead) {
        remove(draft, userId, [instanceId]);
      } else {
        draft.place(dead, { userId, instanceId }, false);
      }
    }),
});
