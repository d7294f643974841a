import type { OwnAccount } from '../../protocol/account/account.ts';
import type { Media } from '../../protocol/calls/call.ts';
import type { DirectoryMode, Pending } from '../../protocol/people/contacts.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { Direction, Missed } from '../../protocol/history/history.ts';
import type { OwnPresence, Person } from '../../protocol/presence/presence.ts';
import type { CallId } from '../../protocol/ids.ts';
import type { Mark } from './call-details.ts';
import type { ShownReason } from './shown-reason.ts';

/**
 * Why the phone has no connection: the server's codes, and three of the phone. `websocket-blocked`: the server answers
 * plain requests, and no connection opens.
 */
export type ConnectionProblem = ErrorCode | 'server-unreachable' | 'not-a-server' | 'websocket-blocked';

/** No connection. `retryAt` is in epoch milliseconds; null: it stays down until the person acts. */
export interface Offline {
  kind: 'offline';
  problem: ConnectionProblem;
  retryAt: number | null;
}

/** The live connection to the server. */
export type Connection = { kind: 'connecting' } | { kind: 'online' } | Offline;

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

/** Why a microphone or a camera delivers nothing. `no-picture`: a camera is open and gives no frames. */
export type CaptureProblem =
  'permission-needed' | 'permission-denied' | 'not-found' | 'in-use' | 'failed' | 'no-picture';

/** One local source of a call. `problem` says why a wanted source is missing. */
export type LocalSource =
  { kind: 'off' } | { kind: 'starting' } | { kind: 'on' } | { kind: 'problem'; problem: CaptureProblem };

/** What the other side reports to send and receive. Null until its phone has reported it. */
export interface RemoteMedia {
  microphone: boolean;
  camera: boolean;
  screen: boolean;
  /** Its camera is on, but its picture is paused because the network cannot carry it. */
  resting?: boolean | undefined;
  /** It receives nothing from this phone, and is looking for a new path. */
  reconnecting: boolean;
}

/** A remedy for a bad connection. */
export type QualityAction = 'camera-off';

/** A bad connection. */
export interface QualityView {
  mark: Exclude<Mark, 'good'>;
  /** The outgoing picture is paused, so that the sound has the whole connection. */
  resting: boolean;
  action: QualityAction | null;
}

/** Why a call found no path, as far as this side can tell; see `extension/rtc/relay-watch.ts`. */
export type PathProblem =
  'hidden-without-relay' | 'no-relay' | 'relay-unreachable' | 'relay-refused' | 'no-path';

/**
 * Phases of the current call as views show them; `extension/phone/calls/machine/` has the machine itself.
 * Times are milliseconds of the steady clock ({@link steadyNow}).
 */
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
      /** Why no path was found; missing unless the call ended because of that. */
      problem?: PathProblem;
    };

/** The roles for which a person chooses devices of this machine. */
export type DeviceRole = 'microphone' | 'camera' | 'speaker' | 'ringer';

/** A device of this machine. Clearing the browser's data changes its id; its label then finds it again. */
export interface MachineDevice {
  deviceId: string;
  label: string;
}

/** The devices for one role. */
export interface DeviceList {
  /** The browser names devices only after permission to capture; until then this list is empty. */
  hidden: boolean;
  devices: readonly MachineDevice[];
  /** The system's default device; null if the browser does not tell. */
  systemDefault: MachineDevice | null;
}

export type DeviceLists = Record<DeviceRole, DeviceList>;

/** The person's choice; null: the system's current default. */
export type DeviceChoices = Record<DeviceRole, MachineDevice | null>;

/**
 * What happened to a device during a call, with labels. `using` is the replacement; null if the browser does
 * not tell.
 */
export type DeviceNotice = { role: Exclude<DeviceRole, 'ringer'>; device: string } & (
  | { kind: 'lost'; using: string | null }
  /** The device was lost, has returned, and is used again. */
  | { kind: 'back' }
  /** The device could not be started, so the one before is still used. */
  | { kind: 'refused' }
);

/**
 * A problem that a person in a call may not notice: they talk while muted, or the microphone delivers only
 * silence.
 */
export type MicrophoneHint = 'speaking-while-muted' | 'silent';

/** The call that this phone is in, is placing, or has just ended. */
export interface CallView {
  callId: CallId;
  peer: Person;
  media: Media;
  direction: Direction;
  phase: CallPhase;
  microphone: LocalSource;
  camera: LocalSource;
  remote: RemoteMedia | null;
  /** Null: the connection has no problem. */
  quality: QualityView | null;
  /** Recent changes of devices; at most one for each role. */
  deviceNotices: readonly DeviceNotice[];
  hint: MicrophoneHint | null;
}

/** A call that rings here. `since` is when the ringing began, in milliseconds of the steady clock. */
export interface IncomingView {
  callId: CallId;
  from: Person;
  media: Media;
  since: number;
}

/** A person's settings, kept only on this device. */
export interface Settings {
  /** 0–1. */
  ringtoneVolume: number;
  ringtoneSilent: boolean;
  /** Whether a sound announces messages. */
  messageSound: boolean;
  devices: DeviceChoices;
}

/** Permission to capture, as the browser reports it for this extension. */
export interface Permissions {
  microphone: PermissionState;
  camera: PermissionState;
}

/** The phone's information about the person's call history. Views request the history's pages themselves. */
export interface HistoryView {
  /** Null until the server has sent it. */
  missed: Missed | null;
  /** Increases when pages already read are out of date. */
  revision: number;
  /** The number of unseen calls missed since the current call began; at least one. */
  during?: { callId: CallId; count: number };
}

/**
 * Whose list shows whom on this server, open contact requests, and the people whom this person has blocked.
 */
export interface PeopleView {
  directory: DirectoryMode;
  pending: Pending;
  blocked: Person[];
}
