import type {
  Accept,
  Accepted,
  CallQueue,
  CallRef,
  CallSignal,
  CallSources,
  Elsewhere,
  End,
  Incoming,
  Invite,
  Move,
  Moving,
  Placed,
} from '../../protocol/calls/call.ts';
import {
  refuse,
  type Ack,
  type ClientEvent,
  type ClientPayload,
  type ClientResult,
} from '../../protocol/events.ts';
import type { CallId, SessionId, UserId } from '../../protocol/ids.ts';
import { CallService } from './call-service.ts';
import type { Sender } from '../sender.ts';
import type { Answer } from './ledger-event.ts';
import { onlyRelayed, onlyRelayedSdp } from './only-relayed.ts';
import type { CallsDeps } from './ports.ts';

type CallEvent = Exclude<Extract<ClientEvent, `call:${string}`>, 'call:test'>;

/** What the rest of the server knows of calls. */
export interface Calls {
  /** One handler an event; the payload is parsed, the sender stamped. */
  readonly handlers: {
    readonly [E in CallEvent]: (from: Sender, payload: ClientPayload<E>) => Promise<Ack<ClientResult<E>>>;
  };
  /** Once, before the server listens. */
  restore(): Promise<void>;
  /** A phone is connected; resolves to what `session:ready` tells it of calls. */
  connected(
    phone: Sender,
    said: { held?: CallId | undefined; ended?: End | undefined },
  ): Promise<{ ringing: Incoming[]; queue: CallQueue; elsewhere: Elsewhere | null }>;
  /** Calls that ring at a person, as their phones show them. */
  ringingAt(userId: UserId): Promise<{ ringing: Incoming[]; queue: CallQueue }>;
  /** `sentAway`: this server stops, and has told the phone when to come back. */
  disconnected(phone: Sender, about: { sentAway: boolean }): Promise<void>;
  /** A phone that counted as away is there, by a newer connection. */
  back(phone: Sender): Promise<void>;
  signedOut(userId: UserId, sessionId: SessionId): Promise<void>;
  /** The person's account was deleted: every call of theirs ends. */
  gone(userId: UserId): Promise<void>;
  /** `by` has blocked `other`, or removed them from the contacts. */
  separated(by: UserId, other: UserId, how: 'blocked' | 'removed'): Promise<void>;
  /** A deadline of the call has passed, whichever node set it. Safe to call early or twice. */
  due(callId: CallId): Promise<void>;
  /** The node that decided on the call has not announced or stored its decision. Safe to call twice. */
  unsettled(callId: CallId): Promise<void>;
  /** Stops timers; ends no call. */
  close(): void;
}

const wrongAnswer = (answer: Answer): Error => new Error(`unexpected answer ${answer.kind}`);

const versionAck = (answer: Answer): Ack<{ v: number }> => {
  if (answer.kind === 'refused') return answer.refusal;
  if (answer.kind === 'version') return { ok: true, v: answer.v };
  throw wrongAnswer(answer);
};

/** The calls of this server: the pure ledger, its store and its timers, behind Socket.IO's events. */
export const createCalls = (deps: CallsDeps): Calls => {
  const service = new CallService(deps);
  return {
    handlers: {
      'call:invite': async (from: Sender, invite: Invite): Promise<Ack<Placed>> => {
        const { directory, pauses, ringTimeout } = deps;
        const [person, reachability, favourite, pause] = await Promise.all([
          directory.person(from.userId),
          directory.reachability(from.userId, invite.to),
          directory.isFavourite(from.userId, invite.to),
          pauses.take(from.userId, invite.to),
        ]);
        if (!person) return refuse('unauthorized');
        const event = {
          kind: 'invite',
          from,
          person,
          invite,
          reachability,
          favourite,
          ...(pause !== null && { pause }),
          ringTimeout,
        } as const;
        const answer = await service.apply(event);
        const ack = versionAck(answer);
        return ack.ok ? { ...ack, iceServers: deps.iceServers(from.userId) } : ack;
      },
      'call:ringing': async (from: Sender, ref: CallRef) =>
        versionAck(await service.apply({ kind: 'ringing', from, ref })),
      'call:accept': async (from: Sender, accept: Accept): Promise<Ack<Accepted>> => {
        const admitted = deps.relayOnly ? { ...accept, answer: onlyRelayedSdp(accept.answer) } : accept;
        const answer = await service.apply({ kind: 'accept', from, accept: admitted });
        if (answer.kind === 'refused') return answer.refusal;
        if (answer.kind !== 'accepted') throw wrongAnswer(answer);
        return {
          ok: true,
          v: answer.v,
          signals: [...answer.signals],
          iceServers: deps.iceServers(from.userId),
        };
      },
      'call:signal': async (from: Sender, given: CallSignal) => {
        const signal = deps.relayOnly ? onlyRelayed(given.signal) : given.signal;
        if (signal === null) return { ok: true };
        const answer = await service.apply({ kind: 'signal', from, signal: { ...given, signal } });
        return answer.kind === 'refused' ? answer.refusal : { ok: true };
      },
      'call:connected': async (from: Sender, ref: CallRef) =>
        versionAck(await service.apply({ kind: 'connected', from, ref })),
      'call:sources': async (from: Sender, sources: CallSources) => {
        const answer = await service.apply({ kind: 'sources', from, sources });
        return answer.kind === 'refused' ? answer.refusal : { ok: true };
      },
      'call:move': async (from: Sender, move: Move): Promise<Ack<Moving>> => {
        const answer = await service.apply({ kind: 'move', from, move });
        if (answer.kind === 'refused') return answer.refusal;
        if (answer.kind !== 'moving') throw wrongAnswer(answer);
        const { kind: _kind, ...moving } = answer;
        return { ok: true, ...moving, iceServers: deps.iceServers(from.userId) };
      },
      'call:end': async (from: Sender, end: End) =>
        versionAck(await service.apply({ kind: 'end', from, end })),
      'call:resume': async (from: Sender, ref: CallRef) => {
        const answer = await service.apply({ kind: 'resume', from, ref });
        if (answer.kind === 'refused') return answer.refusal;
        return answer.kind === 'state' ? { ok: true, ...answer.state } : refuse('server-error');
      },
      'call:ice-servers': async (from: Sender, ref: CallRef) => {
        const answer = await service.apply({ kind: 'ice-servers', from, ref });
        return answer.kind === 'refused'
          ? answer.refusal
          : { ok: true, iceServers: deps.iceServers(from.userId) };
      },
    },
    restore: () => service.restore(),
    connected: async (phone, { held = null, ended = null }) => {
      await service.apply({ kind: 'attached', from: phone, held, ended });
      const elsewhere = await service.elsewhere(phone);
      return { ...(await service.ringingAt(phone.userId)), elsewhere };
    },
    ringingAt: (userId) => service.ringingAt(userId),
    disconnected: (phone, about) => service.disconnected(phone, about),
    back: (phone) => service.back(phone),
    signedOut: (userId, sessionId) => service.signedOut(userId, sessionId),
    gone: (userId) => service.gone(userId),
    separated: (by, other, how) => service.separated(by, other, how),
    due: (callId) => service.due(callId),
    unsettled: (callId) => service.unsettled(callId),
    close: () => {
      service.close();
    },
  };
};
