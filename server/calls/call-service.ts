import type { CallQueue, Elsewhere, Incoming } from '../../protocol/calls/call.ts';
import type { CallId, InstanceId, SessionId, UserId } from '../../protocol/ids.ts';
import { deadlineOf, isUp, LINGER, restoredCall, type Call } from './call.ts';
import type { CallRecord } from './call-record.ts';
import type { Sender } from '../sender.ts';
import { Deadlines } from '../deadlines.ts';
import { whileAway } from '../while-away.ts';
import type { Decision } from './decide.ts';
import type { Effect } from './effect.ts';
import { findElsewhere } from './find-elsewhere.ts';
import type { Answer, Untimed } from './ledger-event.ts';
import type { CallsDeps } from './ports.ts';
import { stateFor } from './state-for.ts';

const recordOf = (call: Call): CallRecord => ({
  callId: call.callId,
  callerId: call.callerId,
  calleeId: call.calleeId,
  media: call.media,
  state: call.state,
  v: call.v,
  reason: call.reason,
  caller: call.caller,
  callee: call.callee,
  placedAt: call.placedAt,
  acceptedAt: call.acceptedAt,
  connectedAt: call.connectedAt,
  endedAt: call.endedAt,
  traceless: call.traceless,
});

/**
 * Carries the ledger's decisions out: phones are told first, then the store is written, then the sender is
 * answered, so that an acknowledged step survives a crash and ringing does not wait for the disk.
 */
export class CallService {
  readonly #deps: CallsDeps;
  readonly #deadlines: Deadlines<CallId>;

  constructor(deps: CallsDeps) {
    this.#deps = deps;
    this.#deadlines = new Deadlines<CallId>(deps.clock, (callId) => {
      // While live state is unreachable no deadline is served; afterwards it serves all that have passed.
      whileAway(this.due(callId), undefined).catch((error: unknown) => {
        deps.log.error({ err: error, callId }, 'call deadline failed');
      });
    });
  }

  async apply(event: Untimed): Promise<Answer> {
    const decision = await this.#deps.live.apply({ ...event, at: this.#deps.clock.now() });
    this.#tell(decision.effects);
    await Promise.all([this.#keep(decision.writes), this.#deps.pauses.follow(event, decision)]);
    const { transitions } = decision.writes;
    // Not awaited: if it fails, the decision is announced once more.
    if (transitions.size > 0) this.#deps.live.settled([...transitions]).catch(() => undefined);
    return decision.answer;
  }

  /** A deadline of the call has passed. Safe to call early or twice. */
  async due(callId: CallId): Promise<void> {
    await this.apply({ kind: 'deadline', callId });
  }

  /**
   * Repeats what the node that decided on the call may not have done: tells the phones the call's state, and stores
   * it. Phones and store ignore a `v` that they know.
   */
  async unsettled(callId: CallId): Promise<void> {
    const { live, emitter, presence } = this.#deps;
    const call = await live.find(callId);
    if (call) {
      for (const [userId, phone] of [
        [call.callerId, call.caller],
        [call.calleeId, call.callee],
      ] as const) {
        const own = await live.callOf(userId);
        this.#carry(presence.setInCall(userId, own !== null && isUp(own)));
        if (phone) emitter.toInstance(phone.instanceId, 'call:state', stateFor(call, { userId, ...phone }));
      }
      await this.#tellCallee(call);
      await this.#save(call);
    }
    await live.settled([callId]);
  }

  /**
   * Tells those of the callee's phones that the call is not bound to, and none if the callee must not know of the
   * call.
   */
  async #tellCallee(call: Call): Promise<void> {
    const { emitter } = this.#deps;
    const { calleeId, callee } = call;
    if (call.traceless && !callee) return;
    if (call.state !== 'ringing') {
      const another = { userId: calleeId, sessionId: '', instanceId: '' };
      const except = exceptions(callee?.instanceId ?? null);
      emitter.toPerson(calleeId, 'call:state', stateFor(call, another), except);
    }
    // A call that has ended may have made room for another.
    const { ringing, queue } = await this.ringingAt(calleeId);
    emitter.toPerson(calleeId, 'call:queue', queue);
    for (const incoming of ringing) emitter.toPerson(calleeId, 'call:incoming', incoming);
  }

  /** Calls that ring at a person, as their phone is told of them. */
  async ringingAt(userId: UserId): Promise<{ ringing: Incoming[]; queue: CallQueue }> {
    const { v, shown, waiting } = await this.#deps.live.queueAt(userId);
    const ringing = shown.map((call) => this.#incoming(call)).filter((incoming) => incoming !== null);
    return { ringing, queue: { v, shown: shown.map(({ callId }) => callId), waiting } };
  }

  /** The call that a person is in on another phone than this one. */
  async elsewhere({ userId, instanceId }: Sender): Promise<Elsewhere | null> {
    const found = await findElsewhere(this.#deps, userId);
    return found && found.instanceId !== instanceId ? found.call : null;
  }

  /**
   * Ringing calls do not survive a restart; running ones wait for their phones;
   * ended ones are remembered, or a repeated invite would place them again.
   */
  async restore(): Promise<void> {
    const { live, records, clock, presence } = this.#deps;
    for (const record of await records.recent(clock.now() - LINGER)) {
      const call = restoredCall(record, clock.now());
      await this.#makeRoom(call);
      await live.restore(call);
      if (call.state === 'ended') {
        this.#deadlines.set(call.callId, deadlineOf(call));
      } else if (isUp(call)) {
        for (const userId of [call.callerId, call.calleeId]) await presence.setInCall(userId, true);
        this.#deadlines.set(call.callId, deadlineOf(call));
      } else {
        await this.apply({ kind: 'give-up', callId: call.callId, reason: 'server-error' });
      }
    }
  }

  /** A person who placed or accepted a later call had ended the earlier one; only that end was not stored. */
  async #makeRoom(call: Call): Promise<void> {
    if (call.state === 'ended') return;
    for (const userId of isUp(call) ? [call.callerId, call.calleeId] : [call.callerId]) {
      const earlier = await this.#deps.live.callOf(userId);
      if (earlier && earlier.callId !== call.callId)
        await this.apply({ kind: 'give-up', callId: earlier.callId, reason: 'connection-lost' });
    }
  }

  async signedOut(userId: UserId, sessionId: SessionId): Promise<void> {
    await this.apply({ kind: 'signed-out', userId, sessionId });
  }

  async gone(userId: UserId): Promise<void> {
    await this.apply({ kind: 'gone', userId });
  }

  async separated(by: UserId, other: UserId, how: 'blocked' | 'removed'): Promise<void> {
    await this.apply({ kind: 'separated', by, other, how });
  }

  async disconnected(from: Sender, about: { sentAway: boolean }): Promise<void> {
    await this.apply({ kind: 'detached', from, ...about });
  }

  /** A phone that counted as away is there, by a newer connection. */
  async back(from: Sender): Promise<void> {
    const call = await this.#deps.live.callOf(from.userId);
    if (call) await this.apply({ kind: 'resume', from, ref: { callId: call.callId } });
  }

  close(): void {
    this.#deadlines.clear();
  }

  #incoming(call: Call): Incoming | null {
    const { callId, v, from, media, offer, ringsUntil } = call;
    if (!from) return null;
    return { callId, v, from, media, offer, expiresIn: Math.max(0, ringsUntil - this.#deps.clock.now()) };
  }

  // Nothing is awaited here: events must go out in the order of the decisions.
  #tell(effects: readonly Effect[]): void {
    const { emitter, presence } = this.#deps;
    for (const effect of effects) {
      switch (effect.kind) {
        case 'ring': {
          const incoming = this.#incoming(effect.call);
          if (incoming) emitter.toPerson(effect.call.calleeId, 'call:incoming', incoming);
          break;
        }
        case 'queue':
          emitter.toPerson(effect.userId, 'call:queue', effect.queue);
          break;
        case 'state': {
          const { to, state } = effect;
          if (to.kind === 'phone') emitter.toInstance(to.instanceId, 'call:state', state);
          else emitter.toPerson(to.userId, 'call:state', state, exceptions(to.except));
          break;
        }
        case 'signal':
          emitter.toInstance(effect.to, 'call:signal', {
            callId: effect.callId,
            ...(effect.lineId !== undefined && { lineId: effect.lineId }),
            signal: effect.signal,
          });
          break;
        case 'moving': {
          const { kind: _kind, to, userId, ...moving } = effect;
          emitter.toInstance(to, 'call:moving', { ...moving, iceServers: this.#deps.iceServers(userId) });
          break;
        }
        case 'in-call':
          this.#carry(presence.setInCall(effect.userId, effect.inCall));
          void this.#tellElsewhere(effect.userId);
          break;
      }
    }
  }

  /** Looks the call up when it sends, not when the decision was made, so that the last event sent is true. */
  async #tellElsewhere(userId: UserId): Promise<void> {
    try {
      const found = await findElsewhere(this.#deps, userId);
      const call = found?.call ?? null;
      this.#deps.emitter.toPerson(userId, 'call:elsewhere', { call }, exceptions(found?.instanceId ?? null));
    } catch (error) {
      this.#deps.log.error({ err: error }, 'where a call is could not be told');
    }
  }

  async #keep({ calls, transitions, forgotten }: Decision['writes']): Promise<void> {
    for (const call of calls.values()) this.#deadlines.set(call.callId, deadlineOf(call));
    for (const callId of forgotten) this.#deadlines.set(callId, null);
    for (const call of calls.values()) {
      if (transitions.has(call.callId)) await this.#save(call);
    }
  }

  async #save(call: Call): Promise<void> {
    const record = recordOf(call);
    await this.#deps.records.save(record);
    this.#log(call);
    if (call.state === 'ended') this.#deps.onEnded(record);
  }

  /** Lets the presence change run beside the call, so that it does not delay the call. */
  #carry(work: Promise<void>): void {
    whileAway(work, undefined).catch((error: unknown) => {
      this.#deps.log.error({ err: error }, '"In a call" could not be shown');
    });
  }

  #log(call: Call): void {
    const { callId, state, v, reason, media } = call;
    this.#deps.log.info({ callId, state, v, media, ...(reason && { reason }) }, 'call');
  }
}

const exceptions = (instanceId: InstanceId | null): InstanceId[] => (instanceId === null ? [] : [instanceId]);
