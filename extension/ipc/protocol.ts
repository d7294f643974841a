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

/** A way to ask a server that helps calls between networks. */
export type IceWay = 'stun' | 'turn-udp' | 'turn-tcp' | 'turn-tls';

/** Which ways to the STUN and TURN servers for calls work, and which do not; all empty: there is none. */
export interface IceReach {
  answered: IceWay[];
  silent: IceWay[];
  /** It is there, and does not take the server's credentials. */
  refused: IceWay[];
}

/** Where to sign in. `insecureConfirmed`: the person has agreed to an address without TLS on a private network. */
export interface ServerChoice {
  serverUrl: string;
  insecureConfirmed: boolean;
}

/** Which of a call's two pictures. */
export type StreamName = 'local' | 'remote';

/** Requests that pages and the service worker send to the phone (the offscreen document). */
export interface PhoneProtocol extends MessageCommands {
  'check-server'(choice: ServerChoice): Promise<CommandResult<{ serverUrl: string; server: ServerInfo }>>;
  'sign-up'(
    account: ServerChoice & {
      username: string;
      displayName: string;
      password: string;
      /** Where the server asks for one. */
      inviteCode?: string;
    },
  ): Promise<CommandResult>;
  'sign-in'(account: ServerChoice & { username: string; password: string }): Promise<CommandResult>;
  /**
   * Signs in at the server's OpenID Connect provider, in a window that opens.
   * `inviteCode`: for somebody new, where the server asks for one.
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
  /** `password`: of an account that has one. */
  'delete-account'(payload: { password?: string }): Promise<CommandResult>;
  /** The person's devices, the one used last first. */
  'list-devices'(payload: object): Promise<CommandResult<{ devices: Device[] }>>;
  'sign-out-device'(payload: DeviceRef): Promise<CommandResult>;
  'sign-out-other-devices'(payload: object): Promise<CommandResult>;
  /** Try the connection again now. */
  reconnect(payload: object): Promise<CommandResult>;
  'set-status'(payload: StatusChoice): Promise<CommandResult>;
  'set-status-text'(payload: TextChoice): Promise<CommandResult>;
  'show-last-seen'(payload: LastSeenChoice): Promise<CommandResult>;
  /** Whether the addresses of the person's devices stay hidden from those they talk to. */
  'hide-address'(payload: PrivacyChoice): Promise<CommandResult>;
  /** The service worker tells that this device is used again, or no longer. */
  'set-idle'(payload: Idle): Promise<CommandResult>;
  /** Favourite or not, and whether they ring through do not disturb. */
  'mark-contact'(payload: ContactMark): Promise<CommandResult>;
  /** `wanted`: a username, an invite code or its link. `added`: who is a contact now; null: a request was sent. */
  'add-contact'(payload: { wanted: string }): Promise<CommandResult<{ added: string | null }>>;
  'cancel-request'(payload: { username: string }): Promise<CommandResult>;
  'accept-request'(payload: { userId: UserId }): Promise<CommandResult>;
  'decline-request'(payload: { userId: UserId }): Promise<CommandResult>;
  'remove-contact'(payload: { userId: UserId }): Promise<CommandResult>;
  block(payload: { userId: UserId }): Promise<CommandResult>;
  unblock(payload: { userId: UserId }): Promise<CommandResult>;
  /** The link of a new personal invite code, which takes the place of the earlier one. */
  'make-invite'(payload: object): Promise<CommandResult<{ link: string }>>;
  'revoke-invite'(payload: object): Promise<CommandResult>;
  dial(payload: { userId: UserId; media: Media }): Promise<CommandResult>;
  /** Without a `callId`: the first call shown. */
  accept(payload: { callId?: CallId; media?: Media }): Promise<CommandResult>;
  decline(payload: { callId?: CallId }): Promise<CommandResult>;
  /** Goes on here with the call that this person is in on another device. */
  'continue-here'(payload: { callId: CallId }): Promise<CommandResult>;
  /** Ends the current call, or cancels it while it rings. */
  'hang-up'(payload: object): Promise<CommandResult>;
  /** Clears an ended call from view. */
  dismiss(payload: { callId: CallId }): Promise<CommandResult>;
  'set-microphone'(payload: { on: boolean }): Promise<CommandResult>;
  'set-camera'(payload: { on: boolean }): Promise<CommandResult>;
  /** For keyboard commands, which do not know the state. */
  'toggle-microphone'(payload: object): Promise<CommandResult>;
  /** Calls of the person's history, newest first; `next` in the result asks for those after them. */
  'history-page'(query: HistoryQuery): Promise<CommandResult<HistoryPage>>;
  /** The person has looked at what they missed. */
  'see-history'(payload: object): Promise<CommandResult>;
  'delete-call'(payload: { callId: CallId }): Promise<CommandResult>;
  'clear-history'(payload: object): Promise<CommandResult>;
  'change-settings'(payload: Partial<Settings>): Promise<CommandResult>;
  /** In a call, too: takes effect at once. `device` null: whatever the system's default is. */
  'choose-device'(payload: { role: DeviceRole; device: MachineDevice | null }): Promise<CommandResult>;
  /** Plays the ringtone once, as it would ring. */
  'try-ringtone'(payload: object): Promise<CommandResult>;
  /** Plays a short sound where calls are heard. */
  'try-speaker'(payload: object): Promise<CommandResult>;
  /** Calls itself over the server, without ringing anywhere. */
  'test-call'(payload: object): Promise<CommandResult>;
  'test-ice-servers'(payload: object): Promise<CommandResult<{ reach: IceReach }>>;
  /** What a developer needs to look into a problem: no secrets, names or addresses. */
  report(payload: object): Promise<CommandResult<{ report: string }>>;
  /** The service worker asks for what it draws, e.g. after it was stopped. */
  'background-snapshot'(payload: object): Promise<BackgroundSnapshot>;
  /** Loopback fallback for pictures: a page asks for a stream and negotiates with complete descriptions. */
  'loopback-offer'(payload: { viewId: string; stream: StreamName }): Promise<CommandResult<{ sdp: string }>>;
  'loopback-answer'(payload: { viewId: string; stream: StreamName; sdp: string }): Promise<CommandResult>;
}

/** Requests that the phone and pages send to the service worker. */
export interface BackgroundProtocol {
  /** Resolves once the offscreen document exists. */
  'ensure-phone'(payload: object): Promise<void>;
  /** The phone's state changed: draw notification and badge anew. */
  show(snapshot: BackgroundSnapshot): Promise<void>;
  'open-call-window'(payload: object): Promise<void>;
  /** Opens the address in a window; answers where it came back to, null when it was closed. */
  'visit-provider'(payload: { url: string }): Promise<string | null>;
  /** Whether nobody uses this device: only the worker can ask the browser. */
  'query-idle'(payload: object): Promise<Idle>;
  /** Somebody signed in to this account elsewhere: say so. */
  'announce-device'(device: NewDevice): Promise<void>;
}
