import type { CallId, UserId } from '../../protocol/ids.ts';
import type { ShownReason } from '../../extension/ipc/shown-reason.ts';
import type {
  AnsweredInvite,
  Attempt,
  Fault,
  Held,
  RunningCall,
  SeenEntry,
  SentMessage,
  ShownEnd,
} from './evidence.ts';

/** Records what phones are told, answered and show during a run. */
export class Journal {
  readonly held: Held[] = [];
  readonly acknowledgedEnds: CallId[] = [];
  readonly invites: AnsweredInvite[] = [];
  readonly sent: SentMessage[] = [];
  readonly seenEntries: SeenEntry[] = [];
  readonly faults: Fault[] = [];
  readonly runningCalls: RunningCall[] = [];
  readonly attempts: Attempt[] = [];
  readonly violations: string[] = [];
  readonly counts = new Map<string, number>();
  readonly #ends = new Map<string, ShownEnd>();
  readonly #unsure = new Set<string>();

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** The server told a phone that its person is in a call. */
  hold(userId: UserId, callId: CallId): void {
    this.held.push({ userId, callId, at: Date.now() });
  }

  /** This phone's request about the call may or may not have been carried out. */
  unsure(phone: string, callId: CallId): void {
    this.#unsure.add(`${phone} ${callId}`);
  }

  /** A corrected reason replaces the earlier one. */
  showEnd(phone: string, userId: UserId, callId: CallId, reason: ShownReason): void {
    const key = `${phone} ${callId}`;
    this.#ends.set(key, { phone, userId, callId, reason, unsure: false });
  }

  get shownEnds(): ShownEnd[] {
    return [...this.#ends].map(([key, end]) => ({ ...end, unsure: this.#unsure.has(key) }));
  }
}
