import type { CallId, UserId } from '../../../protocol/ids.ts';
import { isUp, type Call } from '../../calls/call.ts';
import { decide, type Decision } from '../../calls/decide.ts';
import type { LedgerEvent } from '../../calls/ledger-event.ts';
import { atRest, type LedgerView, type PersonEntry } from '../../calls/ledger-view.ts';
import { joinLine } from '../../calls/ring-line.ts';
import { queueAt, type RingQueue } from '../../calls/ring-queue.ts';
import type { LiveCalls } from '../../calls/live-calls.ts';

/** Calls in this process's memory. Atomic because nothing is awaited between reading and writing. */
export class MemoryCalls implements LiveCalls, LedgerView {
  readonly #calls = new Map<CallId, Call>();
  readonly #aliases = new Map<CallId, CallId>();
  readonly #people = new Map<UserId, PersonEntry>();

  call(callId: CallId): Call | undefined {
    return this.#calls.get(this.#aliases.get(callId) ?? callId);
  }

  person(userId: UserId): PersonEntry {
    return this.#people.get(userId) ?? atRest(userId);
  }

  apply(event: LedgerEvent): Promise<Decision> {
    const decision = decide(this, event);
    const { calls, forgotten, people } = decision.writes;
    for (const call of calls.values()) this.#put(call);
    for (const callId of forgotten) this.#forget(callId);
    for (const person of people.values()) this.#putPerson(person);
    return Promise.resolve(decision);
  }

  // A process that dies between deciding and announcing loses its calls anyway, because they are in memory.
  settled(): Promise<void> {
    return Promise.resolve();
  }

  find(callId: CallId): Promise<Call | null> {
    return Promise.resolve(this.call(callId) ?? null);
  }

  restore(call: Call): Promise<void> {
    this.#put(call);
    if (call.state === 'ended') return Promise.resolve();
    const lock = (userId: UserId): void => {
      this.#putPerson({ ...this.person(userId), callId: call.callId });
    };
    lock(call.callerId);
    if (isUp(call)) {
      lock(call.calleeId);
    } else {
      const callee = this.person(call.calleeId);
      const ring = { callId: call.callId, favourite: false };
      this.#putPerson({ ...callee, ringing: joinLine(callee.ringing, ring) });
    }
    return Promise.resolve();
  }

  callOf(userId: UserId): Promise<Call | null> {
    const { callId } = this.person(userId);
    return Promise.resolve(callId === null ? null : (this.call(callId) ?? null));
  }

  queueAt(userId: UserId): Promise<RingQueue> {
    return Promise.resolve(queueAt(this, userId));
  }

  #put(call: Call): void {
    this.#calls.set(call.callId, call);
    for (const alias of call.aliases) this.#aliases.set(alias, call.callId);
  }

  #forget(callId: CallId): void {
    for (const alias of this.#calls.get(callId)?.aliases ?? []) this.#aliases.delete(alias);
    this.#calls.delete(callId);
  }

  #putPerson(person: PersonEntry): void {
    if (person.callId === null && person.ringing.length === 0) this.#people.delete(person.userId);
    else this.#people.set(person.userId, person);
  }
}
