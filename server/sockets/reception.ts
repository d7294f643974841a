import type { Logger } from 'pino';
import type { IceServers } from '../../protocol/call.ts';
import type { DirectoryMode } from '../../protocol/contacts.ts';
import { NO_MARKS } from '../../protocol/marks.ts';
import { toOwnAccount } from '../accounts/to-own-account.ts';
import type { Calls } from '../calls/create-calls.ts';
import type { Devices } from '../devices/devices.ts';
import type { History } from '../history/create-history.ts';
import type { LivePhones } from '../live/live-phones.ts';
import type { OwnPresence } from '../presence/create-own-presence.ts';
import type { Messages } from '../messages/messages.ts';
import type { OwnPrivacy } from '../privacy/create-privacy.ts';
import type { Presence } from '../presence/presence.ts';
import type { Store } from '../store/store.ts';
import type { OpenList } from './open-list.ts';
import { phoneRoom, sessionRoom, userRoom } from './rooms.ts';
import type { PhoneServer, PhoneSocket } from './typed-io.ts';

interface ReceptionDeps {
  io: PhoneServer;
  store: Pick<Store, 'accounts' | 'sessions' | 'marks'>;
  phones: LivePhones;
  presence: Presence;
  ownPresence: Pick<OwnPresence, 'of'>;
  openList: OpenList;
  mode: DirectoryMode;
  calls: Pick<Calls, 'connected' | 'disconnected'>;
  messages: Pick<Messages, 'waiting'>;
  privacy: Pick<OwnPrivacy, 'of'>;
  history: Pick<History, 'missed'>;
  devices: Pick<Devices, 'connected'>;
  /** Those of every call; null: they come with each acknowledgement. */
  iceServers: IceServers | null;
  log: Logger;
}

/** Ends a connection for good: the phone is told why and does not come back. */
const dismiss = (socket: PhoneSocket, code: 'superseded' | 'unauthorized'): void => {
  socket.emit('session:ended', { code });
  socket.disconnect(true);
};

/** Meets phones that connect, tells them all they show, and notices when they go. */
export interface Reception {
  arrive(socket: PhoneSocket): Promise<void>;
  /** `forGood`: closed by the server, it will not come back. */
  depart(socket: PhoneSocket, about: { forGood: boolean }): Promise<void>;
}

export const createReception = (deps: ReceptionDeps): Reception => {
  const { io, store, phones, presence, calls, log } = deps;

  const endSuperseded = (instanceIds: readonly string[]): void => {
    for (const instanceId of instanceIds) {
      const room = io.in(phoneRoom(instanceId));
      room.emit('session:ended', { code: 'superseded' });
      room.disconnectSockets(true);
    }
  };

  const greet = async (socket: PhoneSocket): Promise<void> => {
    const { phone, held, ended, idle } = socket.data;
    let list = await deps.openList(socket);
    const { ringing, elsewhere } = await calls.connected(phone, { held, ended });
    const account = await store.accounts.byId(phone.userId);
    const marks = await store.marks.of(phone.userId);
    if (!account) {
      dismiss(socket, 'unauthorized');
      return;
    }
    const unread = await deps.messages.waiting(
      phone.userId,
      list.contacts().map((person) => person.userId),
    );
    const privacy = await deps.privacy.of(phone.userId);
    const missed = await deps.history.missed(phone.userId);
    while (!list.isCurrent()) list = await deps.openList(socket);
    // Nothing is awaited from here on: a change is in this snapshot, or is told after it.
    presence.connected(phone.userId, phone.instanceId, { idle });
    socket.emit('session:ready', {
      account: toOwnAccount(account),
      presence: deps.ownPresence.of(phone.userId),
      privacy,
      contacts: list
        .contacts()
        .map((contact) => ({ ...contact, ...(marks.get(contact.userId) ?? NO_MARKS) })),
      directory: deps.mode,
      pending: list.pending,
      blocked: list.blocked,
      ringing,
      missed,
      elsewhere,
      iceServers: deps.iceServers,
      unread,
    });
  };

  return {
    async arrive(socket) {
      const { phone } = socket.data;
      const joined = await phones.join(phone, socket.id);
      if (joined.kind === 'superseded') {
        dismiss(socket, 'superseded');
        return;
      }
      endSuperseded(joined.superseded);
      // This phone's own earlier connection, which the network may not have told us is dead.
      io.in(phoneRoom(phone.instanceId)).disconnectSockets(true);
      const { userId, sessionId, instanceId } = phone;
      await socket.join([phoneRoom(instanceId), sessionRoom(sessionId), userRoom(userId)]);
      // Signed out between the handshake and joining the room that sign-out closes.
      if (!(await store.sessions.byId(phone.sessionId))) {
        dismiss(socket, 'unauthorized');
        return;
      }
      if (!socket.connected) return;
      await greet(socket);
      await deps.devices.connected(phone);
      log.info({ instanceId: phone.instanceId }, 'phone connected');
    },

    async depart(socket, { forGood }) {
      const { phone } = socket.data;
      if (!(await phones.leave(phone, socket.id))) return;
      presence.disconnected(phone.userId, phone.instanceId, { grace: !forGood });
      await calls.disconnected(phone);
      log.info({ instanceId: phone.instanceId, forGood }, 'phone disconnected');
    },
  };
};
