import type { CallState, EndReason } from '../../protocol/calls/call.ts';
import type { CallId, InstanceId, UserId } from '../../protocol/ids.ts';
import { endedCall, isUp, type Call } from './call.ts';
import type { Effect, Recipient } from './effect.ts';
import type { LedgerView, LedgerWrites, PersonEntry } from './ledger-view.ts';
import { joinLine, RINGS_IN_LINE } from './ring-line.ts';

export const toPhone = (instanceId: InstanceId): Recipient => ({ kind: 'phone', instanceId });

/**
 * One decision in the making: reads through its own writes, so that ending
 * one call and placing the next are a single step.
 */
export class Draft implements LedgerView {
  readonly #view: LedgerView;
  readonly #calls = new Map<CallId, Call>();
  readonly #transitions = new Set<CallId>();
  readonly #forgotten = new Set<CallId>();
  readonly #people = new Map<UserId, PersonEntry>();
  readonly effects: Effect[] = [];

  constructor(view: LedgerView) {
    this.#view = view;
  }

  get writes(): LedgerWrites {
    return {
      calls: this.#calls,
      transitions: this.#transitions,
      forgotten: this.#forgotten,
      people: this.#people,
    };
  }

  call(callId: CallId): Call | undefined {
    const before = this.#view.call(callId);
    return this.#calls.get(before?.callId ?? callId) ?? before;
  }

  person(userId: UserId): PersonEntry {
    return this.#people.get(userId) ?? this.#view.person(userId);
  }

  put(call: Call): Call {
    if (this.call(call.callId)?.v !== call.v) this.#transitions.add(call.callId);
    this.#calls.set(call.callId, call);
    return call;
  }

  forget(call: Call): void {
    this.#forgotten.add(call.callId);
  }

  lock(userId: UserId, callId: CallId | null): void {
    this.#people.set(userId, { ...this.person(userId), callId });
  }

  /** Puts a call in its callee's queue; a call too far behind rings for the caller alone. */
  ring({ callId, calleeId }: Call, favourite: boolean): void {
    const person = this.person(calleeId);
    const line = joinLine(person.ringing, { callId, favourite });
    this.#people.set(calleeId, { ...person, ringing: line.slice(0, RINGS_IN_LINE) });
    for (const behind of line.slice(RINGS_IN_LINE)) {
      const call = this.call(behind.callId);
      if (call) this.alert({ ...call, silenced: true });
    }
  }

  /** Tells the caller that it rings. */
  alert(call: Call): Call {
    if (call.alerting) return this.put(call);
    const alerting = this.put({ ...call, alerting: true, v: call.v + 1 });
    const { callId, v } = alerting;
    this.tell(toPhone(call.caller.instanceId), { callId, v, state: 'ringing', alerting: true });
    return alerting;
  }

  numberQueue(userId: UserId, queueV: number): void {
    this.#people.set(userId, { ...this.person(userId), queueV });
  }

  stopRinging(userId: UserId, callId: CallId): void {
    const person = this.person(userId);
    if (!person.ringing.some((ring) => ring.callId === callId)) return;
    this.#people.set(userId, {
      ...person,
      ringing: person.ringing.filter((ring) => ring.callId !== callId),
    });
  }

  tell(to: Recipient, state: CallState): void {
    this.effects.push({ kind: 'state', to, state });
  }

  /**
   * Ends a call: the record, both locks, and what each phone is told.
   * `elsewhere` names the phone that decided, and what the same person's
   * other phones are told instead of the reason.
   */
  end(call: Call, reason: EndReason, at: number, elsewhere?: { by: InstanceId; reason: EndReason }): Call {
    const wasUp = isUp(call);
    const ended = this.put(endedCall(call, reason, at));
    const { callId, v } = ended;
    const told = (why: EndReason): CallState => ({ callId, v, state: 'ended', reason: why });
    for (const userId of [call.callerId, call.calleeId]) {
      if (this.person(userId).callId === callId) this.lock(userId, null);
      if (wasUp) this.effects.push({ kind: 'in-call', userId, inCall: false });
    }
    this.stopRinging(call.calleeId, callId);
    this.tell(toPhone(call.caller.instanceId), told(reason));
    if (call.move) this.tell(toPhone(call.move.phone.instanceId), told(reason));
    if (call.callee) {
      this.tell(toPhone(call.callee.instanceId), told(reason));
    } else if (call.silenced) {
      // The callee's phones have ended it already.
    } else if (elsewhere) {
      this.tell(toPhone(elsewhere.by), told(reason));
      this.tell({ kind: 'person', userId: call.calleeId, except: elsewhere.by }, told(elsewhere.reason));
    } else {
      this.tell({ kind: 'person', userId: call.calleeId, except: null }, told(reason));
    }
    return ended;
  }

  /** Somebody is in a call now: all other calls that ring them end as busy. */
  endRinging(userId: UserId, except: CallId, at: number): void {
    for (const { callId } of this.person(userId).ringing) {
      const other = this.call(callId);
      if (other?.state === 'ringing' && callId !== except) this.end(other, 'busy', at);
    }
  }
}
