import type { EndReason, Media } from '../../protocol/calls/call.ts';
import type { CallId, LineId, UserId } from '../../protocol/ids.ts';
import { TIMES } from '../../protocol/limits.ts';
import type { Person } from '../../protocol/presence/presence.ts';
import type { Signal } from '../../protocol/calls/signal.ts';
import type { CallRecord } from './call-record.ts';
import type { Sender, PhoneRef } from '../sender.ts';

export type Side = 'caller' | 'callee';

/** Which sources are on, as a side's phone reports. */
export interface Sources {
  readonly microphone: boolean;
  readonly camera: boolean;
}

/** A hand-over: another phone of the same person is about to take the call over. */
export interface Move {
  readonly lineId: LineId;
  readonly side: Side;
  readonly phone: PhoneRef;
  /** When the hand-over has failed, in epoch milliseconds. */
  readonly until: number;
}

/**
 * A call as the ledger holds it while it lives, and for {@link LINGER} after.
 *
 * ```
 *           accept            connected
 * ringing ─────────▶ connecting ─────────▶ active
 *    │                   │                   │
 *    └── end, deadline ──┴── end, deadline ──┴──▶ ended ──(linger)──▶ forgotten
 * ```
 *
 * While it is active, one side may be on its way to another phone (`move`): the
 * call is bound to the old one until the new one is connected.
 */
export interface Call extends CallRecord {
  /** The caller as the callee's phones show them; null for a call read back after a restart. */
  readonly from: Person | null;
  /** Offer, answer and signals are kept until the call is active, for phones that connect or come back meanwhile. */
  readonly offer: string;
  readonly answer: string | null;
  readonly signals: Readonly<Record<Side, readonly Signal[]>>;
  /** At least one of the callee's phones rings. */
  readonly alerting: boolean;
  /** When ringing ends by itself. */
  readonly ringsUntil: number;
  /** Ids of the callee's own invites to the caller that were folded into this call (glare). */
  readonly aliases: readonly CallId[];
  /**
   * The call rings for the caller alone: the callee has blocked the caller meanwhile, or too many other calls ring
   * there.
   */
  readonly silenced: boolean;
  readonly move: Move | null;
  /** The connection that carries the call; null: its first, or not known since a restart. */
  readonly lineId: LineId | null;
  /** Null: the phone has not reported them yet, or not since a restart. */
  readonly sources: Readonly<Record<Side, Sources | null>>;
  /** When a restarted server read it back, in epoch milliseconds. */
  readonly restoredAt: number | null;
  /** Since when a side's phone has had no connection, in epoch milliseconds; null: it is connected. */
  readonly away: Readonly<Record<Side, number | null>>;
}

/** How long an ended call is remembered, in milliseconds, so that late and repeated events are answered rightly. */
export const LINGER = 120_000;

/** How long a call rings on while its caller's phone is gone, in milliseconds: most come straight back. */
const CALLER_BACK_WITHIN = 5_000;

/** When a ringing call ends because its caller has vanished, in epoch milliseconds; null: the caller is there. */
const vanishedAt = ({ away }: Call): number | null =>
  away.caller === null ? null : away.caller + CALLER_BACK_WITHIN;

/**
 * When a call that was accepted while its caller was gone ends because the caller stays away; null: this is no such
 * call.
 */
const missedAt = (call: Call): number | null => {
  const { caller } = call.away;
  return caller !== null && call.acceptedAt !== null && call.acceptedAt >= caller ? vanishedAt(call) : null;
};

/** Why a call that was accepted and did not connect ends when its time has come. */
export const unconnectedReason = (call: Call): EndReason =>
  missedAt(call) === null ? 'media-failed' : 'connection-lost';

/** Why a call that rings ends when its time has come. */
export const unansweredReason = (call: Call): EndReason => {
  const vanished = vanishedAt(call);
  return vanished !== null && vanished < call.ringsUntil ? 'connection-lost' : 'no-answer';
};

/** A call as it is placed. */
export const newCall = (call: {
  callId: CallId;
  from: Sender;
  person: Person;
  to: UserId;
  media: Media;
  offer: string;
  at: number;
  ringTimeout: number;
}): Call => ({
  callId: call.callId,
  callerId: call.from.userId,
  calleeId: call.to,
  media: call.media,
  state: 'ringing',
  v: 1,
  reason: null,
  caller: { sessionId: call.from.sessionId, instanceId: call.from.instanceId },
  callee: null,
  placedAt: call.at,
  acceptedAt: null,
  connectedAt: null,
  endedAt: null,
  traceless: false,
  from: call.person,
  offer: call.offer,
  answer: null,
  signals: { caller: [], callee: [] },
  alerting: false,
  ringsUntil: call.at + call.ringTimeout,
  aliases: [],
  silenced: false,
  move: null,
  lineId: null,
  sources: { caller: null, callee: null },
  restoredAt: null,
  away: { caller: null, callee: null },
});

/**
 * Silences a ringing call, because the callee has blocked the caller. The caller must not notice, so not even `v`
 * rises.
 */
export const silencedCall = (call: Call): Call => ({ ...call, silenced: true, traceless: true });

/** Whether a call is over for a person: it has ended, or it is silenced and they are the callee. */
export const isOverFor = (call: Call, userId: UserId): boolean =>
  call.state === 'ended' || (call.silenced && call.calleeId === userId);

/** A call that was refused at once: it is on record, and nobody rang. */
export const refusedCall = (call: Call, reason: EndReason): Call =>
  endedCall({ ...call, v: 0 }, reason, call.placedAt);

export const endedCall = (call: Call, reason: EndReason, at: number): Call => ({
  ...call,
  state: 'ended',
  v: call.v + 1,
  reason,
  endedAt: at,
  move: null,
  // Not needed any more, and therefore not kept.
  offer: '',
  answer: null,
  signals: { caller: [], callee: [] },
});

/** A call read back from the store after a restart: both phones are away until they resume it. */
export const restoredCall = (record: CallRecord, at: number): Call => ({
  ...record,
  from: null,
  offer: '',
  answer: null,
  signals: { caller: [], callee: [] },
  alerting: true,
  ringsUntil: at,
  aliases: [],
  silenced: false,
  move: null,
  lineId: null,
  sources: { caller: null, callee: null },
  restoredAt: at,
  away: { caller: at, callee: at },
});

/** When time alone changes the call, in epoch milliseconds; null: never. */
export const deadlineOf = (call: Call): number | null => {
  switch (call.state) {
    case 'ringing':
      return Math.min(call.ringsUntil, vanishedAt(call) ?? Infinity);
    case 'connecting':
      // While the server was away the two may have connected: they have as long again to say so.
      return (
        missedAt(call) ?? Math.max(call.acceptedAt ?? call.placedAt, call.restoredAt ?? 0) + TIMES.connecting
      );
    case 'active': {
      const due = [call.away.caller, call.away.callee]
        .filter((time) => time !== null)
        .map((time) => time + TIMES.away);
      if (call.move) due.push(call.move.until);
      return due.length === 0 ? null : Math.min(...due);
    }
    case 'ended':
      return (call.endedAt ?? call.placedAt) + LINGER;
  }
};

/** Which side of the call a phone is bound to; null: neither. */
export const sideOf = (call: Call, instanceId: string): Side | null => {
  if (call.caller.instanceId === instanceId) return 'caller';
  return call.callee?.instanceId === instanceId ? 'callee' : null;
};

/** Whether a phone is about to take the call over. */
export const isMover = (call: Call, instanceId: string): boolean =>
  call.move?.phone.instanceId === instanceId;

/** Whether somebody is, or was, one of the call's two people. */
export const isParty = (call: Call, userId: UserId): boolean =>
  call.callerId === userId || call.calleeId === userId;

/** Connecting or active: what others see as "In a call". */
export const isUp = (call: Call): boolean => call.state === 'connecting' || call.state === 'active';
