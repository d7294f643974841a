import type { Device, NewDevice } from '../../protocol/devices/device.ts';
import type { Ack, ClientEvent, ClientPayload, ClientResult } from '../../protocol/events.ts';
import type { SessionId, UserId } from '../../protocol/ids.ts';
import type { Identity } from '../account/accounts.ts';
import type { Sender } from '../sender.ts';
import type { Emitter } from '../emitter.ts';
import type { Clock } from '../clock.ts';
import type { LivePhones } from '../presence/live-phones.ts';
import { whileAway } from '../while-away.ts';
import type { SessionStore, StoredSession } from '../account/session-store.ts';

type DeviceEvent = Extract<ClientEvent, `device:${string}`>;

interface DevicesDeps {
  sessions: Pick<SessionStore, 'byId' | 'ofUser' | 'told'>;
  phones: Pick<LivePhones, 'sessionsOf'>;
  emitter: Emitter;
  clock: Clock;
  /** Ends a session, its connections and its call. */
  signOut: (identity: Identity) => Promise<void>;
}

/** A person's own devices: what is signed in, and the end of that. */
export interface Devices {
  readonly handlers: {
    readonly [E in DeviceEvent]: (from: Sender, payload: ClientPayload<E>) => Promise<Ack<ClientResult<E>>>;
  };
  /** A device signed in: the person's others are told, those that are away when they come back. */
  signedIn(userId: UserId, device: NewDevice): Promise<void>;
  /** A phone is connected: it is told of the devices that signed in meanwhile. */
  connected(phone: Sender): Promise<void>;
}

const done = { ok: true } as const;

const newDevice = ({ sessionId, deviceName, createdAt }: StoredSession): NewDevice => ({
  deviceId: sessionId,
  name: deviceName,
  signedInAt: createdAt,
});

export const createDevices = ({ sessions, phones, emitter, clock, signOut }: DevicesDeps): Devices => {
  const of = (userId: UserId): Promise<StoredSession[]> => sessions.ofUser(userId, clock.now());

  return {
    handlers: {
      'device:list': async ({ userId, sessionId }) => {
        const [all, connected] = await Promise.all([of(userId), phones.sessionsOf(userId)]);
        const devices = all.map((session): Device => ({
          ...newDevice(session),
          usedAt: session.seenAt,
          current: session.sessionId === sessionId,
          connected: connected.has(session.sessionId),
        }));
        return { ...done, devices };
      },
      'device:sign-out': async ({ userId }, { deviceId }) => {
        const session = await sessions.byId(deviceId);
        // Another person's device is answered like one that is gone: nobody learns whose it is.
        if (session?.userId === userId) await signOut({ userId, sessionId: deviceId });
        return done;
      },
      'device:sign-out-others': async ({ userId, sessionId }) => {
        for (const other of await of(userId)) {
          if (other.sessionId !== sessionId) await signOut({ userId, sessionId: other.sessionId });
        }
        return done;
      },
    },
    async signedIn(userId, device) {
      emitter.toPerson(userId, 'device:added', device);
      // While it is unknown who is connected, no device counts as told: each is told when it comes back.
      const connected = await whileAway(phones.sessionsOf(userId), new Set<SessionId>());
      await sessions.told([...connected], device.signedInAt);
    },
    async connected({ userId, sessionId, instanceId }) {
      const all = await of(userId);
      const own = all.find((session) => session.sessionId === sessionId);
      const missed = all.filter((session) => own && session !== own && session.createdAt > own.toldUntil);
      if (missed.length === 0) return;
      // The list is by last use; the events go out in the order of the sign-ins.
      missed.sort((a, b) => a.createdAt - b.createdAt);
      for (const session of missed) {
        emitter.toInstance(instanceId, 'device:added', newDevice(session));
      }
      await sessions.told([sessionId], Math.max(...missed.map(({ createdAt }) => createdAt)));
    },
  };
};
