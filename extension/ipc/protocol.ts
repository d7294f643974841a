import type { ServerInfo } from '../../protocol/account/account.ts';
import type { Media } from '../../protocol/calls/call.ts';
import type { Device, DeviceRef, NewDevice } from '../../protocol/devices/device.ts';
import type { HistoryPage, HistoryQuery } from '../../protocol/history/history.ts';
import type { CallId, UserId } from '../../protocol/ids.ts';
import type { ContactMark } from '../../protocol/people/marks.ts';
import type { PictureHash } from '../../protocol/people/picture.ts';
import type { Idle, LastSeenChoice, StatusChoice, TextChoice } from '../../protocol/presence/presence.ts';
import type { PrivacyChoice } from '../../protocol/people/privacy.ts';
import type { CommandProblem, CommandResult } from './command-result.ts';
import type { MessageCommands } from './message-commands.ts';
import type { BackgroundSnapshot } from './slices.ts';
import type { DeviceRole, MachineDevice, Settings } from './snapshot.ts';

export type { CommandProblem, CommandResult };

/** A way to reach a STUN or TURN server. */
export type IceWay = 'stun' | 'turn-udp' | 'turn-tcp' | 'turn-tls';

/** Which STUN and TURN servers can be reached, and how; all lists are empty if there are no servers. */
export interface IceReach {
  answered: IceWay[];
  silent: IceWay[];
  /** The relay answers, but refuses the server's credentials. */
  refused: IceWay[];
}

/** Where to sign in. `insecureConfirmed`: the person has agreed to an address without TLS on a private network. */
export interface ServerChoice {
  serverUrl: string;
  insecureConfirmed: boolean;
}

/** One of a call's two pictures. */
export type StreamName = 'local' | 'remote';

/** Requests from pages and the service worker to the phone (the offscreen document). */
export interface PhoneProtocol extends MessageCommands {
  'check-server'(choice: ServerChoice): Promise<CommandResult<{ serverUrl: string; server: ServerInfo }>>;
  'sign-up'(
    account: ServerChoice & {
      username: string;
      displayName: string;
      password: string;
      /** If the server requires one. */
      inviteCode?: string;
    },
  ): Promise<CommandResult>;
  'sign-in'(account: ServerChoice & { username: string; password: string }): Promise<CommandResult>;
  /**
   * Signs in at the server's OpenID Connect provider, in a window that opens.
   * `inviteCode`: for a new account, if the server requires one.
   */
  'sign-in-at-provider'(choice: ServerChoice & { inviteCode?: string }): Promise<CommandResult>;
  'sign-out'(payload: object): Promise<CommandResult>;
  rename(payload: { displayName: string }): Promise<CommandResult>;
  /** Signs out every other device. */
  'change-password'(payload: { current: string; next: string }): Promise<CommandResult>;
  /** `picture`: a data URL of the file to keep. */
  'set-picture'(payload: { picture: string }): Promise<CommandResult>;
  'remove-picture'(payload: object): Promise<CommandResult>;
  /** Somebody's picture as a data URL. Pages have no token to ask the server with. */
  portrait(payload: { userId: UserId; picture: PictureHash }): Promise<CommandResult<{ url: string }>>;
  /** `password`: if the account has one. */
  'delete-account'(payload: { password?: string }): Promise<CommandResult>;
  /** The person's devices, the last used first. */
  'list-devices'(payload: object): Promise<CommandResult<{ devices: Device[] }>>;
  'sign-out-device'(payload: DeviceRef): Promise<CommandResult>;
  'sign-out-other-devices'(payload: object): Promise<CommandResult>;
  /** Tries to connect again now. */
  reconnect(payload: object): Promise<CommandResult>;
  'set-status'(payload: StatusChoice): Promise<CommandResult>;
  'set-status-text'(payload: TextChoice): Promise<CommandResult>;
  'show-last-seen'(payload: LastSeenChoice): Promise<CommandResult>;
  /** Chooses whether the addresses of the person's devices stay hidden in calls. */
  'hide-address'(payload: PrivacyChoice): Promise<CommandResult>;
  /** The service worker reports that this device is used again, or no longer. */
  'set-idle'(payload: Idle): Promise<CommandResult>;
  /** Whether a contact is a favourite, and rings through "do not disturb". */
  'mark-contact'(payload: ContactMark): Promise<CommandResult>;
  /** `wanted`: a username, an invite code or its link. `added`: the new contact; null: a request was sent. */
  'add-contact'(payload: { wanted: string }): Promise<CommandResult<{ added: string | null }>>;
  'cancel-request'(payload: { username: string }): Promise<CommandResult>;
  'accept-request'(payload: { userId: UserId }): Promise<CommandResult>;
  'decline-request'(payload: { userId: UserId }): Promise<CommandResult>;
  'remove-contact'(payload: { userId: UserId }): Promise<CommandResult>;
  block(payload: { userId: UserId }): Promise<CommandResult>;
  unblock(payload: { userId: UserId }): Promise<CommandResult>;
  /** Makes a new personal invite code, which replaces the earlier one, and returns its link. */
  'make-invite'(payload: object): Promise<CommandResult<{ link: string; expiresAt: number }>>;
  'revoke-invite'(payload: object): Promise<CommandResult>;
  dial(payload: { userId: UserId; media: Media }): Promise<CommandResult>;
  /** Without a `callId`: answers the first call shown. */
  accept(payload: { callId?: CallId; media?: Media }): Promise<CommandResult>;
  decline(payload: { callId?: CallId }): Promise<CommandResult>;
  /** Continues on this device the person's call on another device. */
  'continue-here'(payload: { callId: CallId }): Promise<CommandResult>;
  /** Ends the current call, or cancels it while it rings. */
  'hang-up'(payload: object): Promise<CommandResult>;
  /** Clears an ended call from view. */
  dismiss(payload: { callId: CallId }): Promise<CommandResult>;
  'set-microphone'(payload: { on: boolean }): Promise<CommandResult>;
  'set-camera'(payload: { on: boolean }): Promise<CommandResult>;
  /** For keyboard commands, which do not know the state. */
  'toggle-microphone'(payload: object): Promise<CommandResult>;
  /**
   * Calls of the person's history, newest first. `next` in the result is the cursor for the following page.
   */
  'history-page'(query: HistoryQuery): Promise<CommandResult<HistoryPage>>;
  /** The person has seen the missed calls. */
  'see-history'(payload: object): Promise<CommandResult>;
  'delete-call'(payload: { callId: CallId }): Promise<CommandResult>;
  'clear-history'(payload: object): Promise<CommandResult>;
  'change-settings'(payload: Partial<Settings>): Promise<CommandResult>;
  /** Takes effect at once, even during a call. `device` null: the system's current default. */
  'choose-device'(payload: { role: DeviceRole; device: MachineDevice | null }): Promise<CommandResult>;
  /** Plays the ringtone once, as for an incoming call. */
  'try-ringtone'(payload: object): Promise<CommandResult>;
  /** Plays a short sound on the speaker used for calls. */
  'try-speaker'(payload: object): Promise<CommandResult>;
  /** The phone calls itself over the server, without ringing anywhere. */
  'test-call'(payload: object): Promise<CommandResult>;
  'test-ice-servers'(payload: object): Promise<CommandResult<{ reach: IceReach }>>;
  /** Information for a developer about a problem: no secrets, names or addresses. */
  report(payload: object): Promise<CommandResult<{ report: string }>>;
  /** The service worker requests the state that it draws, e.g. after it was stopped. */
  'background-snapshot'(payload: object): Promise<BackgroundSnapshot>;
  /** Loopback fallback for pictures: a page requests a stream and negotiates with complete descriptions. */
  'loopback-offer'(payload: { viewId: string; stream: StreamName }): Promise<CommandResult<{ sdp: string }>>;
  'loopback-answer'(payload: { viewId: string; stream: StreamName; sdp: string }): Promise<CommandResult>;
}

/** Requests from the phone and pages to the service worker. */
export interface BackgroundProtocol {
  /** Resolves once the offscreen document exists. */
  'ensure-phone'(payload: object): Promise<void>;
  /** The phone's state changed: redraw notification and badge. */
  show(snapshot: BackgroundSnapshot): Promise<void>;
  'open-call-window'(payload: object): Promise<void>;
  /**
   * Opens an address in a window. Answers the address of the final redirect, or null if the window was
   * closed.
   */
  'visit-provider'(payload: { url: string }): Promise<string | null>;
  /** Whether nobody uses this device. Only the worker can ask the browser. */
  'query-idle'(payload: object): Promise<Idle>;
  /** Announces that somebody signed in to this account elsewhere. */
  'announce-device'(device: NewDevice): Promise<void>;
}
