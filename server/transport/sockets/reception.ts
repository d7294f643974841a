import type { Logger } from 'pino';
import type { IceServers } from '../../../protocol/calls/call.ts';
import type { DirectoryMode } from '../../../protocol/people/contacts.ts';
import { NO_MARKS } from '../../../protocol/people/marks.ts';
import type { Clock } from '../../clock.ts';
import { toOwnAccount } from '../../account/to-own-account.ts';
import type { Sender } from '../../sender.ts';
import type { Calls } from '../../calls/create-calls.ts';
import type { Devices } from '../../devices/devices.ts';
import type { History } from '../../history/create-history.ts';
import type { Joined, LivePhones } from '../../presence/live-phones.ts';
import { whileAway } from '../../while-away.ts';
import type { OwnPresence } from '../../presence/create-own-presence.ts';
import type { Messages } from '../../chat/messages.ts';
import type { OwnPrivacy } from '../../people/create-privacy.ts';
import type { Presence } from '../../presence/presence.ts';
import type { Store } from '../../store.ts';
import type { Lists } from './lists.ts';
import type { NotePhoneGone } from './note-phone-gone.ts';
import { phoneRoom, sessionRoom, userRoom } from './rooms.ts';
import type { PhoneServer, PhoneSocket } from './typed-io.ts';

interface ReceptionDeps {
  io: PhoneServer;
  store: Pick<Store, 'accounts' | 'sessions' | 'marks'>;
  phones: LivePhones;
  presence: Presence;
  ownPresence: Pick<OwnPresence, 'of'>;
  lists: Lists;
  mode: DirectoryMode;
  calls: Pick<Calls, 'connected' | 'ringingAt'>;
  miss: NotePhoneGone;
  messages: Pick<Messages, 'waiting' | 'release'>;
  privacy: Pick<OwnPrivacy, 'of'>;
  history: Pick<History, 'missed'>;
  devices: Pick<Devices, 'connected'>;
  /** The ICE servers of every call; null: each acknowledgement brings its own. */
  iceServers: IceServers | null;
  clock: Pick<Clock, 'now'>;
  isDraining: () => boolean;
  /** See `FanOut.settled`. */
  settled: () => Promise<void>;
  log: Logger;
}

const NO_CALLS = { ringing: [], queue: { v: 0, shown: [], waiting: 0 }, elsewhere: null };

/**
 * While live state is away a phone is admitted all the same, for sign-in, history and messages. It connects anew
 * afterwards.
 */
const UNREGISTERED: Joined = { kind: 'joined', superseded: [], replaced: null };

/** Ends a connection for good: the phone is told why and does not come back. */
const dismiss = (socket: PhoneSocket, code: 'superseded' | 'unauthorized'): void => {
  socket.emit('session:ended', { code });
  socket.disconnect(true);
};

/** Admits phones that connect, tells them all they show, and notices when they go. */
export interface Reception {
  arrive(socket: PhoneSocket): Promise<void>;
  /** `forGood`: closed by the server, it will not come back. */
  depart(socket: PhoneSocket, about: { forGood: boolean }): Promise<void>;
}

export const createReception = (deps: ReceptionDeps): Reception => {
  const { io, store, phones, presence, calls, log } = deps;

  const endSuperseded = async ({ userId }: Sender, instanceIds: readonly string[]): Promise<void> => {
    for (const instanceId of instanceIds) {
      const room = io.in(phoneRoom(instanceId));
      room.emit('session:ended', { code: 'superseded' });
      room.disconnectSockets(true);
      // The older phone's node may be dead, and would never notice.
      await presence.disconnected(userId, instanceId, { grace: false });
    }
  };

  const greet = async (socket: PhoneSocket): Promise<void> => {
    const { phone, held, ended, idle } = socket.data;
    const opened = await deps.lists.open(socket);
    const { ringing, queue, elsewhere } = await whileAway(calls.connected(phone, { held, ended }), NO_CALLS);
    const account = await store.accounts.byId(phone.userId);
    const marks = await store.marks.of(phone.userId);
    if (!account) {
      dismiss(socket, 'unauthorized');
      return;
    }
    const unread = await deps.messages.waiting(
      phone.userId,
      opened.people.map((person) => person.userId),
    );
    const privacy = await deps.privacy.of(phone.userId);
    const missed = await deps.history.missed(phone.userId);
    await whileAway(presence.connected(phone.userId, phone.instanceId, { idle }), undefined);
    const { list, contacts } = await deps.lists.tellCurrent(socket, opened, async (current) => {
      const people = await current.contacts();
      const own = await deps.ownPresence.of(phone.userId);
      return {
        list: current,
        contacts: people,
        tell() {
          socket.emit('server:time', { now: deps.clock.now() });
          socket.emit('session:ready', {
            account: toOwnAccount(account),
            presence: own,
            privacy,
            contacts: people.map((contact) => ({ ...contact, ...(marks.get(contact.userId) ?? NO_MARKS) })),
            directory: deps.mode,
            pending: current.pending,
            blocked: current.blocked,
            ringing,
            queue,
            missed,
            elsewhere,
            iceServers: deps.iceServers,
            unread,
          });
        },
      };
    });
    deps.messages.release(phone.userId);
    // Changes during the reading may have been sent before `session:ready`.
    const told = new Map(contacts.map(({ userId, v }) => [userId, v]));
    for (const { userId, status, v, text, lastSeen } of await list.contacts()) {
      if (told.get(userId) === v) continue;
      const also = { ...(text !== undefined && { text }), ...(lastSeen !== undefined && { lastSeen }) };
      socket.emit('presence:changed', { userId, status, v, ...also });
    }
    // So may a call that came meanwhile: the phone would take it for one that waits, and stop showing it.
    const now = await whileAway(calls.ringingAt(phone.userId), { ringing, queue });
    if (now.queue.v === queue.v) return;
    socket.emit('call:queue', now.queue);
    for (const incoming of now.ringing) socket.emit('call:incoming', incoming);
  };

  return {
    async arrive(socket) {
      const { phone } = socket.data;
      const joined = await whileAway(phones.join(phone, socket.id), UNREGISTERED);
      if (joined.kind === 'superseded') {
        dismiss(socket, 'superseded');
        return;
      }
      await endSuperseded(phone, joined.superseded);
      if (joined.replaced !== null && joined.replaced !== socket.id) {
        io.in(joined.replaced).disconnectSockets(true);
      }
      const { userId, sessionId, instanceId } = phone;
      await socket.join([phoneRoom(instanceId), sessionRoom(sessionId), userRoom(userId)]);
      await deps.settled();
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
      const isBack = (): Promise<boolean> => phones.isReplaced(phone, socket.id);
      // While live state is away there is nothing to take the phone out of.
      if (await whileAway(isBack(), true)) return;
      // Noted as gone first, removed after: should this process die in between, another node repeats it.
      await whileAway(deps.miss(phone, { grace: !forGood, sentAway: deps.isDraining(), isBack }), undefined);
      await whileAway(phones.leave(phone, socket.id), false);
      log.info({ instanceId: phone.instanceId, forGood }, 'phone disconnected');
    },
  };
};
