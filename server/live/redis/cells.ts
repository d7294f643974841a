import type { CallId, InstanceId, SessionId, UserId } from '../../../protocol/ids.ts';
import type { Call } from '../../calls/call.ts';
import type { PersonEntry } from '../../calls/ledger-view.ts';
import type { PresenceEntry } from '../../presence/presence-entry.ts';

/** A connected phone, in its person's cell. */
export interface PhoneCell {
  readonly sessionId: SessionId;
  readonly connectionId: string;
  /** The node that it is connected to, and lives and dies with. */
  readonly node: string;
}

/** What kinds of cells there are: one kind, one type. */
export interface CellKinds {
  call: { readonly call: Call } | { readonly alias: CallId };
  /** A person's lock, and what rings there. */
  person: PersonEntry;
  presence: PresenceEntry;
  phones: {
    readonly connected: Readonly<Record<InstanceId, PhoneCell>>;
    /** Phones whose places newer ones of the same session have taken. */
    readonly superseded: Readonly<Record<SessionId, readonly InstanceId[]>>;
  };
  /** Whose phone an instance is, while it is connected. */
  instance: { readonly userId: UserId };
}

/** Names a cell. */
export interface CellName {
  readonly kind: keyof CellKinds;
  readonly id: string;
}

/** When something is due, whichever nodes run then. */
export type AlarmKind = 'call' | 'unsettled' | 'presence' | 'choice';

/** What a step sees of the shared state, and how it changes it. */
export interface Cells {
  get<K extends keyof CellKinds>(kind: K, id: string): CellKinds[K] | undefined;
  /** undefined: the cell is emptied. */
  set<K extends keyof CellKinds>(kind: K, id: string, value: CellKinds[K] | undefined): void;
  /** @param at epoch milliseconds; null: nothing is due. */
  alarm(kind: AlarmKind, id: string, at: number | null): void;
  /** Notes that a phone is, or is no longer, connected to a node. */
  place(node: string, phone: { userId: UserId; instanceId: InstanceId }, connected: boolean): void;
}
