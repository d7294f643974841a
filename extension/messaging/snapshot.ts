import type { OwnAccount } from '../../protocol/account.ts';
import type { Elsewhere, EndReason, Media } from '../../protocol/call.ts';
import type { DirectoryMode, Pending } from '../../protocol/contacts.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { Direction, Missed } from '../../protocol/history.ts';
import type { OwnPresence, Person } from '../../protocol/presence.ts';
import type { ListedContact } from '../../protocol/session.ts';
import type { CallId, UserId } from '../../protocol/ids.ts';
import type { Mark } from './call-details.ts';
import type { ConversationView, UnreadView } from './conversation-view.ts';

/** Why the phone has no connection; codes of the server's, and two of the phone's own. */
export type ConnectionProblem = ErrorCode | 'server-unreachable' | 'not-a-server';

/** The live connection to the server. `retryAt` is in epoch milliseconds; null: it stays down until the person acts. */
export type Connection =
  | { kind: 'connecting' }
  | { kind: 'online' }
  | { kind: 'offline'; problem: ConnectionProblem; retryAt: number | null };

/** Who is signed in, and whether the server hears us. */
export type Session =
  | { kind: 'starting' }
  | {
      kind: 'signed-out';
      serverUrl: string | null;
      username: string | null;
      problem: ConnectionProblem | null;
    }
  | {
      kind: 'signed-in';
      serverUrl: string;
      account: OwnAccount;
      presence: OwnPresence;
      connection: Connection;
    };

/** Why a microphone or a camera gives nothing. */
export type CaptureProblem = 'permission-needed' | 'permission-denied' | 'not-found' | 'in-use' | 'failed';

/** One local source of a call. `problem` says why a wanted one is not there. */
export type LocalSource =
  { kind: 'off' } | { kind: 'starting' } | { kind: 'on' } | { kind: 'problem'; problem: CaptureProblem };

/** What the other side says it sends. Null until its phone has said so. */
export interface RemoteMedia {
  microphone: boolean;
  camera: boolean;
  screen: boolean;
  /** Its camera is on, but its picture rests because the network cannot carry it. */
  resting?: boolean | undefined;
}

/** What a person can do about a connection that is not good. */
export type QualityAction = 'camera-off';

/** A connection that is not good. */
export interface QualityView {
  mark: Exclude<Mark, 'good'>;
  /** The own picture rests, so that the sound has the connection to itself. */
  resting: boolean;
  action: QualityAction | null;
}

/** Phases of the current call as views show them; see `extension/call/` for the machine behind. Times are epoch milliseconds. */
export type CallPhase =
  | { kind: 'dialing' }
  | { kind: 'ringing-out' }
  | { kind: 'connecting' }
  | { kind: 'active'; connectedAt: number }
  | { kind: 'reconnecting'; connectedAt: number; givesUpAt: number }
  | { kind: 'ended'; reason: EndReason; connectedAt: number | null; endedAt: number };

/** The one call this phone is in, places, or has just ended. */
export interface CallView {
  callId: CallId;
  peer: Person;
  media: Media;
  direction: Direction;
  phase: CallPhase;
  microphone: LocalSource;
  camera: LocalSource;
  remote: RemoteMedia | null;
  /** Null: nothing is wrong with the connection. */
  quality: QualityView | null;
}

/** A call that rings here. `since` is when the ringing began, in epoch milliseconds. */
export interface IncomingView {
  callId: CallId;
  from: Person;
  media: Media;
  since: number;
}

/** What a person sets; kept on this device only. */
export interface Settings {
  /** 0–1. */
  ringtoneVolume: number;
  ringtoneSilent: boolean;
}

/** Permission to capture, as the browser reports it for this extension. */
export interface Permissions {
  microphone: PermissionState;
  camera: PermissionState;
}

/** What the phone knows of the person's history of calls, of which views ask for pages themselves. */
export interface HistoryView {
  /** Null until the server has told it. */
  missed: Missed | null;
  /** Counts up when pages that were read are out of date. */
  revision: number;
  /** How many were missed since a call began that goes on still, and have not been looked at: more than none. */
  during?: { callId: CallId; count: number };
}

/** Who may find whom on this server, what waits for an answer, and whom this person has blocked. */
export interface PeopleView {
  directory: DirectoryMode;
  pending: Pending;
  blocked: Person[];
}

/** Everything views show. The phone publishes whole slices: a view replaces what it has of those it receives. */
export interface Snapshot {
  session: Session;
  /** By name. */
  contacts: ListedContact[];
  people: PeopleView;
  incoming: IncomingView[];
  call: CallView | null;
  history: HistoryView;
  /** The call that this person is in on another of their devices. */
  elsewhere: Elsewhere | null;
  settings: Settings;
  permissions: Permissions;
  /** Those that views have opened lately. */
  conversations: ConversationView[];
  unread: UnreadView[];
  /** Whose conversation the popup shows when it opens: their notification was pressed. */
  wantedConversation: UserId | null;
}

/** What the service worker needs to draw notifications and badge. */
export type BackgroundSnapshot = Pick<
  Snapshot,
  'session' | 'incoming' | 'call' | 'unread' | 'history' | 'people'
>;
