import type { ServerEvent, ServerPayload } from '../../../protocol/events.ts';
import type { InstanceId, UserId } from '../../../protocol/ids.ts';
import type { Emitter } from '../../emitter.ts';
import { phoneRoom, userRoom, watchRoom } from './rooms.ts';
import type { PhoneServer } from './typed-io.ts';

/** Sends events to a phone, a person or a person's watchers, rather than to connections. */
export interface Announcer extends Emitter {
  /** Everybody who may see a person. */
  toWatchers<E extends ServerEvent>(userId: UserId, event: E, payload: ServerPayload<E>): void;
}

/** Socket.IO's map of events as functions of their payload cannot be called with a type variable; this can. */
interface Emits {
  emit(event: ServerEvent, payload: ServerPayload<ServerEvent>): unknown;
}

/** Emits to exactly one room a time: with many nodes, only those that hold it hear of it. */
export const createAnnouncer = (io: PhoneServer): Announcer => {
  const send = <E extends ServerEvent>(target: Emits, event: E, payload: ServerPayload<E>): void => {
    target.emit(event, payload);
  };
  return {
    toInstance: (instanceId: InstanceId, event, payload) => {
      send(io.to(phoneRoom(instanceId)), event, payload);
    },
    toPerson: (userId, event, payload, except = []) => {
      send(io.to(userRoom(userId)).except(except.map(phoneRoom)), event, payload);
    },
    toWatchers: (userId, event, payload) => {
      send(io.to(watchRoom(userId)), event, payload);
    },
  };
};
