import type { OwnAccount } from '../../protocol/account/account.ts';
import type { Media } from '../../protocol/calls/call.ts';
import type { DirectoryMode, Pending } from '../../protocol/people/contacts.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { Direction, Missed } from '../../protocol/history/history.ts';
import type { OwnPresence, Person } from '../../protocol/presence/presence.ts';
import type { CallId } from '../../protocol/ids.ts';
import type { Mark } from './call-details.ts';
import type { ShownReason } from './shown-reason.ts';

/** Why the phone has no connection; codes of the server's, and two of the phone's own. */
export type ConnectionProblem = ErrorCode | 'server-unreachable' | 'not-a-server';

/** The live connection to the server. `retryAt` is in epoch milliseconds; null: it stays down until the person acts. */
export type Connection =
  | { kind: 'connecting' }
  | { kind: 'online' }
  | { kind: 'offline'; problem: ConnectionProblem; retryAt: number | null };

/** The signed-in account, and whether the server is connected. */
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

/** What the other side says it sends and hears. Null until its phone has said so. */
export interface RemoteMedia {
  microphone: boolean;
  camera: boolean;
  screen: boolean;
  /** Its camera is on, but its picture rests because the network cannot carry it. */
  resting?: boolean | undefined;
  /** It hears nothing of this phone, and looks for a new path. */
  reconnecting: boolean;
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

/** Why a call found no path, as far as this side can tell; see `extension/rtc/relay-watch.ts`. */
export type PathProblem =
  'hidden-without-relay' | 'no-relay' | 'relay-unreachable' | 'relay-refused' | 'no-path';

/** Phases of the current call as views show them; see `extension/phone/calls/machine/` for the machine behind. Times are epoch milliseconds. */
export type CallPhase =
  | { kind: 'dialing' }
  | { kind: 'ringing-out' }
  | { kind: 'connecting' }
  | { kind: 'active'; connectedAt: number }
  | { kind: 'reconnecting'; connectedAt: number; givesUpAt: number }
  | {
      kind: 'ended';
      reason: ShownReason;
      connectedAt: number | null;
      endedAt: number;
      /** Why no path was found; missing unless that is why it ended. */
      problem?: PathProblem;
    };

/** What a device of this machine is chosen for. */
export type DeviceRole = 'microphone' | 'camera' | 'speaker' | 'ringer';

/** A device of this machine. When the browser's data is cleared it gets another id; its label finds it again. */
export interface MachineDevice {
  deviceId: string;
  label: string;
}

/** The devices that one role can be given. */
export interface DeviceList {
  /** The browser tells of devices by name only once it may capture; until then there are none in this list. */
  hidden: boolean;
  devices: readonly MachineDevice[];
  /** What the system takes where nothing is chosen; null where the browser does not tell. */
  systemDefault: MachineDevice | null;
}

export type DeviceLists = Record<DeviceRole, DeviceList>;

/** What the person has chosen; null: whatever the system's default is. */
export type DeviceChoices = Record<DeviceRole, MachineDevice | null>;

/** What happened to a device during a call, by labels. `using`: null when the browser does not tell what came instead. */
export type DeviceNotice = { role: Exclude<DeviceRole, 'ringer'>; device: string } & (
  | { kind: 'lost'; using: string | null }
  /** It was lost, is there again, and used again. */
  | { kind: 'back' }
  /** It could not be started: the one before goes on. */
  | { kind: 'refused' }
);

/** What a person in a call may not notice: they talk and are muted, or nothing at all comes from the microphone. */
export type MicrophoneHint = 'speaking-while-muted' | 'silent';

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
  /** What happened to devices a moment ago; at most one of each role. */
  deviceNotices: readonly DeviceNotice[];
  hint: MicrophoneHint | null;
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
  devices: DeviceChoices;
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
