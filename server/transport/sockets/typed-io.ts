import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { End } from '../../../protocol/calls/call.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../../protocol/events.ts';
import type { CallId } from '../../../protocol/ids.ts';
import type { Sender } from '../../sender.ts';

/** What the handshake found out about a connection. */
export interface SocketData {
  phone: Sender;
  /** The call the phone says it holds. */
  held: CallId | undefined;
  /** The end of a call that it could not tell before. */
  ended: End | undefined;
  /** Nobody uses the device, it says. */
  idle: boolean;
  /** How many events this version does not know. */
  unknownEvents: number;
}

/** What Engine.IO's `connection` brings; its types say nothing of that, and hide the id. */
export interface EngineConnection extends Pick<PhoneSocket['conn'], 'request' | 'transport' | 'once'> {
  readonly id: string;
}

export type PhoneServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type PhoneSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
