import type { CallId, UserId } from '../protocol/ids.ts';
import type { Sender } from './sender.ts';
import type { CreateLimiter } from './limits/limiter.ts';
import type { Server } from 'socket.io';
import type { LiveCalls } from './calls/live-calls.ts';
import type { LiveLists } from './people/live-lists.ts';
import type { LivePhones } from './presence/live-phones.ts';
import type { LivePresence } from './presence/live-presence.ts';
import type { OneAtATime } from './one-at-a-time.ts';

/** What the live state asks of the rest of the server. */
export interface Duties {
  /** Live state is empty: fills it with what the store remembers of calls and presence. */
  restore(): Promise<void>;
  /** A phone's node is dead, and the phone with it; `isBack` tells whether it has come back at another meanwhile. */
  lost(phone: Sender, isBack: () => Promise<boolean>): Promise<void>;
  /** A deadline of the call has passed, whichever node set it. Safe to call early or twice. */
  callDue(callId: CallId): Promise<void>;
  /** The node that decided on the call has not announced or stored its decision. Safe to call twice. */
  callUnsettled(callId: CallId): Promise<void>;
  presenceDue(userId: UserId): Promise<void>;
  /** Something that a person chose for a time is over. */
  choiceDue(userId: UserId): Promise<void>;
  /** What was told meanwhile may have passed this node by: its phones are to connect anew. */
  refresh(): void;
}

/** How events reach phones that are connected to other nodes. */
export interface FanOut {
  /** Before the first phone connects. */
  attach(io: Pick<Server, 'adapter'>): void;
  /** Resolves when this node hears what is sent to every room that its phones have joined so far. */
  settled(): Promise<void>;
}

/**
 * Who is online, and who is in which call, in memory or in Redis. While Redis is away, everything here rejects
 * with `Refused('unavailable')`.
 */
export interface Live {
  readonly calls: LiveCalls;
  readonly phones: LivePhones;
  readonly presence: LivePresence;
  readonly lists: LiveLists;
  readonly oneAtATime: OneAtATime;
  readonly fanOut: FanOut;
  /** Where counters are kept. @param factor multiplies how many each limit allows. */
  limiters(factor: number): CreateLimiter;
  /** False while the place it is kept in is away. */
  isUp(): boolean;
  /** When `Duties.choiceDue` is to be asked at the latest, in epoch milliseconds; null: no more. */
  remind(userId: UserId, at: number | null): Promise<void>;
  /** Once, before the server listens. */
  start(duties: Duties): Promise<void>;
  close(): Promise<void>;
}
