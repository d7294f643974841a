import type { HoldReason, Swept } from '../sweep-store.ts';
import type { Generated } from 'kysely';
import type { EndReason } from '../../protocol/calls/call.ts';
import type { Direction } from '../../protocol/history/history.ts';
import type { PictureType } from '../../protocol/people/picture.ts';
import type { ChosenStatus } from '../../protocol/presence/presence.ts';
import type { CallRecord } from '../calls/call-record.ts';
import type { OperatorChange } from '../account/operator-store.ts';

// The database's constraints enforce these types (see migrations.ts). Times are epoch milliseconds.

export interface AccountTable {
  user_id: string;
  username: string;
  display_name: string;
  password_hash: string | null;
  chosen_status: ChosenStatus;
  created_at: number;
  /** Which picture the person has; null: none. */
  picture: string | null;
  /** Null: not deleted. The row of a deleted account contains nothing personal. */
  deleted_at: number | null;
}

export interface SessionTable {
  session_id: string;
  user_id: string;
  token_hash: string;
  device_name: string | null;
  told_until: number;
  created_at: number;
  seen_at: number;
  expires_at: number;
}

export interface CallTable {
  call_id: string;
  caller_id: string;
  callee_id: string;
  media: CallRecord['media'];
  state: CallRecord['state'];
  v: number;
  reason: CallRecord['reason'];
  caller_session_id: string;
  caller_instance_id: string;
  callee_session_id: string | null;
  callee_instance_id: string | null;
  placed_at: number;
  accepted_at: number | null;
  connected_at: number | null;
  ended_at: number | null;
  traceless: number;
}

/** One call in one person's history. */
export interface HistoryTable {
  user_id: string;
  other_id: string;
  call_id: string;
  direction: Direction;
  media: CallRecord['media'];
  reason: EndReason;
  placed_at: number;
  duration: number | null;
  /** 1: missed, and not seen yet. */
  unseen: number;
}

export interface IdentityTable {
  issuer: string;
  subject: string;
  user_id: string;
  /** The name that the provider told last; null: from before this column existed. */
  told_name: string | null;
}

export interface OidcFlowTable {
  state_hash: string;
  browser_hash: string;
  state: string;
  nonce: string;
  verifier: string;
  challenge: string;
  phone_state: string;
  expires_at: number;
}

export interface OidcCodeTable {
  code_hash: string;
  challenge: string;
  user_id: string;
  expires_at: number;
}

/** One person's marks of another; no row means no marks. */
export interface ContactMarkTable {
  user_id: string;
  other_id: string;
  rings_through: 0 | 1;
}

export interface PresenceTable {
  user_id: string;
  status_until: number | null;
  status_after: ChosenStatus;
  text: string | null;
  text_until: number | null;
  /** 0 or 1: SQLite has no booleans. */
  last_seen_shown: number;
  last_seen_at: number | null;
}

export interface MessageTable {
  n: Generated<number>;
  message_id: string;
  /** Both ids, the lower one first. */
  pair: string;
  at: number;
  sender_id: string;
  recipient_id: string;
  text: string;
  withheld: 0 | 1;
}

/**
 * Each time is that of the newest message concerned, 0 for none; a `told_` time is never later than its fact.
 */
export interface MessagePositionTable {
  reader_id: string;
  sender_id: string;
  delivered: Generated<number>;
  read: Generated<number>;
  told_delivered: Generated<number>;
  told_read: Generated<number>;
}

export interface BlockTable {
  blocker_id: string;
  blocked_id: string;
}

export interface ContactTable {
  user_id: string;
  other_id: string;
}

export interface ContactRequestTable {
  from_id: string;
  to_username: string;
  created_at: number;
  declined: 0 | 1;
  /** Null until it is withdrawn. Only declined requests are kept after that. */
  withdrawn_at: number | null;
}

export interface ContactCodeTable {
  owner_id: string;
  code_hash: string;
  expires_at: number;
  uses: number;
}

export interface KnownDeviceTable {
  user_id: string;
  device_hash: string;
  seen_at: number;
}

export interface InviteTable {
  invite_id: string;
  code_hash: string;
  uses: number;
  uses_left: number;
  created_at: number;
  expires_at: number;
}

export interface DisabledAccountTable {
  user_id: string;
}

/** Without a row, a person's address is not hidden. */
export interface HiddenAddressTable {
  user_id: string;
}

export interface OperatorWordTable {
  number: Generated<number>;
  kind: OperatorChange['kind'];
  user_id: string;
  session_id: string | null;
  at: number;
}

export interface SweepTable {
  what: Swept;
  swept_at: number | null;
  held_reason: HoldReason | null;
  held_due: number | null;
  held_at: number | null;
  allowed: number;
}

/** The old name and picture that others go on seeing after the account has changed them. */
export interface HeldProfileTable {
  user_id: string;
  display_name: string;
  picture: string | null;
}

/** The old profile that one viewer goes on seeing of a person. */
export interface FrozenProfileTable {
  viewer_id: string;
  person_id: string;
  display_name: string;
  picture: string | null;
  last_seen: number | null;
  /** 1: the row ends when the person is published as present again. */
  thaws: 0 | 1;
}

/** A person's former pictures that somebody still sees. */
export interface PictureTable {
  user_id: string;
  hash: string;
  type: PictureType;
  bytes: Uint8Array;
}

/** Every table, for the types of Kysely's queries. */
export interface Tables {
  accounts: AccountTable;
  sessions: SessionTable;
  calls: CallTable;
  pictures: PictureTable;
  identities: IdentityTable;
  oidc_flows: OidcFlowTable;
  oidc_codes: OidcCodeTable;
  contact_marks: ContactMarkTable;
  presence: PresenceTable;
  messages: MessageTable;
  message_positions: MessagePositionTable;
  history: HistoryTable;
  blocks: BlockTable;
  contacts: ContactTable;
  contact_requests: ContactRequestTable;
  contact_codes: ContactCodeTable;
  known_devices: KnownDeviceTable;
  invites: InviteTable;
  disabled_accounts: DisabledAccountTable;
  operator_words: OperatorWordTable;
  hidden_addresses: HiddenAddressTable;
  held_profiles: HeldProfileTable;
  frozen_profiles: FrozenProfileTable;
  sweeps: SweepTable;
}
