import type { EndReason, Media } from '../../../protocol/calls/call.ts';
import type { ErrorCode } from '../../../protocol/errors.ts';
import type { ClientEvent } from '../../../protocol/events.ts';
import type { RateName } from '../../limits/rates.ts';
import type { AnsweredRequest } from '../../transport/http/request-watch.ts';

/**
 * The steps from the click to the conversation. `ringing` and `accepted` are timed from the invite, `connected`
 * from Accept.
 */
export const SETUP_PHASES = ['ringing', 'accepted', 'connected'] as const;
export type SetupPhase = (typeof SETUP_PHASES)[number];

/** Why a connection ended, in Socket.IO's words; whatever is not among them is `other`. */
export const DISCONNECT_REASONS = [
  'transport error',
  'transport close',
  'forced close',
  'ping timeout',
  'parse error',
  'server shutting down',
  'forced server close',
  'client namespace disconnect',
  'server namespace disconnect',
  'other',
] as const;
export type DisconnectReason = (typeof DISCONNECT_REASONS)[number];

/** Numbers that are read only when the metrics are, because they are there anyway. */
export interface Gauges {
  /** Phones that are connected to this process. */
  phones(): number;
  isDraining(): boolean;
  /** Passwords being hashed, and those that wait for it. */
  hashing(): { running: number; waiting: number };
}

/**
 * What the server counts about itself. Arguments become values of labels, so each must come from a closed list:
 * never a name, id, address or text of a person.
 */
export interface Metrics {
  /** Called once, by the app that is measured. */
  watch(gauges: Gauges): void;
  connected(): void;
  disconnected(reason: DisconnectReason): void;
  handshakeRefused(code: ErrorCode): void;
  /** A connection was closed because its phone did not read. */
  slowConsumer(): void;
  /** `seconds`: how long its answer took. */
  event(event: ClientEvent | 'unknown', result: ErrorCode | 'ok', seconds: number): void;
  request(answered: AnsweredRequest): void;
  rateLimited(limit: RateName): void;
  callPlaced(media: Media): void;
  callEnded(reason: EndReason): void;
  setup(phase: SetupPhase, seconds: number): void;
  glare(): void;
  /** Somebody was in another call already, or another phone was faster. */
  lockConflict(event: 'invite' | 'accept'): void;
  /** Leases of a process that died were released. Stays 0 where there is one process. */
  leasesExpired(count: number): void;
  /** A change of presence was sent. `watchers`: to how many connections of this process. */
  presenceChanged(watchers: number): void;
}
