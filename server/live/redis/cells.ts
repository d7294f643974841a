import type { CallId, InstanceId, SessionId, UserId } from '../../../protocol/ids.ts';
import type { Call } from '../../calls/call.ts';
import type { PersonEntry } from '../../calls/ledger-view.ts';
import type { PresenceEntry } from '../../presence/presence-entry.ts';

/** A connected phone, in its person's cell. */
export interface PhoneCell {
  readonly sessionId: SessionId;
  readonly connectionId: string;
  /** The node that it is connected to. The phone is released when that node dies. */
  readonly node: string;
}

/** The type of each kind of cell. */
export interface CellKinds {
  call: { readonly call: Call } | { readonly alias: CallId };
  /** A person's lock, and the calls that ring for the person. */
  person: PersonEntry;
  presence: PresenceEntry;
  phones: {
    readonly connected: Readonly<Record<InstanceId, PhoneCell>>;
    /** Phones that newer phones of the same session have superseded. */
    readonly superseded: Readonly<Record<SessionId, readonly InstanceId[]>>;
  };
  /** The owner of a connected phone, by its `instanceId`. */
  instance: { readonly userId: UserId };
}

/** Names a cell. */
export interface CellName {
  readonly kind: keyof CellKinds;
  readonly id: string;
}

/** Sets a deadline that any node may serve. */
export type AlarmKind = 'call' | 'unsettled' | 'presence' | 'choice';

/** How a step reads and changes the shared state. */
export interface Cells {
  get<K extends keyof CellKinds>(kind: K, id: string): CellKinds[K] | undefined;
  /** undefined empties the cell. */
  set<K extends keyof CellKinds>(kind: K, id: string, value: CellKinds[K] | undefined): void;
  /** @param at epoch milliseconds; null: no deadline. */
  alarm(kind: AlarmKind, id: string, at: number | null): void;
  /** Records that a phone is connected to a node, or no longer is. */
  place(node: string, phone: { userId: UserId; instanceId: InstanceId }, connected: boolean): void;
}
