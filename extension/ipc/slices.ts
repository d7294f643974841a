import type { ListedContact } from '../../protocol/account/session.ts';
import type { Elsewhere } from '../../protocol/calls/call.ts';
import type { MessagePosition } from '../../protocol/chat/message.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Privacy } from '../../protocol/people/privacy.ts';
import type { OwnPresence } from '../../protocol/presence/presence.ts';
import type { ConversationView, UnreadView } from './conversation-view.ts';
import type {
  CallView,
  Offline,
  DeviceList,
  DeviceLists,
  HistoryView,
  IncomingView,
  PeopleView,
  Permissions,
  Session,
  Settings,
} from './snapshot.ts';

/** The pages that show the phone. */
export const VIEWS = ['popup', 'call-window', 'settings', 'welcome', 'self-test'] as const;
export type View = (typeof VIEWS)[number];

/** Which pages get a slice, and whether sign-out resets it. */
interface Use<T> {
  /** Pages that show it. */
  readonly views: readonly View[];
  /**
   * Whether the slice belongs to the signed-in person; while nobody is signed in, it has its initial value.
   */
  readonly personal: boolean;
  /**
   * Everything that the service worker may read of the slice; only a change of this wakes the worker.
   * Missing: nothing.
   */
  readonly worker?: (value: T) => unknown;
}

const slice =
  <T>(initial: T) =>
  <const U extends Use<T>>(use: U): { readonly initial: T } & U => ({ initial, ...use });

/** The part of the session that the service worker may read. */
type WorkerSession =
  | { kind: 'starting' }
  | { kind: 'signed-out' }
  | {
      kind: 'signed-in';
      connection: { kind: 'connecting' | 'online' } | Pick<Offline, 'kind' | 'problem'>;
      presence: Pick<OwnPresence, 'status'>;
    };

const NO_DEVICES: DeviceList = { hidden: false, devices: [], systemDefault: null };

/**
 * The slices of what the phone shows, each with its initial value. Everything else that names all slices is
 * derived from here. A new slice needs this declaration, code that fills it, and a view that shows it. All
 * values are plain JSON.
 */
export const SLICES = {
  session: slice<Session>({ kind: 'starting' })({
    views: VIEWS,
    personal: false,
    worker: (session): WorkerSession =>
      session.kind === 'signed-in'
        ? {
            kind: session.kind,
            connection:
              session.connection.kind === 'offline'
                ? { kind: 'offline', problem: session.connection.problem }
                : { kind: session.connection.kind },
            presence: { status: session.presence.status },
          }
        : { kind: session.kind },
  }),
  /** By name. */
  contacts: slice<ListedContact[]>([])({ views: ['popup', 'welcome'], personal: true }),
  people: slice<PeopleView>({
    directory: 'everyone',
    pending: { incoming: [], outgoing: [], code: null },
    blocked: [],
  })({
    views: ['popup', 'settings'],
    personal: true,
    worker: ({ pending: { incoming } }) => ({ pending: { incoming } }),
  }),
  /**
   * How many milliseconds this computer's clock is ahead of the server's; below zero: behind. 0 while they agree, or
   * nobody knows.
   */
  clockAhead: slice<number>(0)({ views: ['popup', 'call-window'], personal: false }),
  /** The foremost first. */
  incoming: slice<IncomingView[]>([])({
    views: ['popup', 'call-window'],
    personal: false,
    worker: (incoming) =>
      incoming.map(({ callId, from: { username, displayName }, media }) => ({
        callId,
        from: { username, displayName },
        media,
      })),
  }),
  /** How many more people are calling and are not shown. */
  waitingCalls: slice<number>(0)({ views: ['popup', 'call-window'], personal: false }),
  call: slice<CallView | null>(null)({
    views: ['popup', 'call-window'],
    personal: false,
    /** Whether a call is going on. */
    worker: (call) => call !== null && call.phase.kind !== 'ended',
  }),
  history: slice<HistoryView>({ missed: null, revision: 0 })({
    views: ['popup', 'call-window'],
    personal: true,
    worker: ({ missed }) => ({ missed }),
  }),
  /** Nobody uses this machine, or its screen is locked: nobody sees what a page shows. */
  idle: slice<boolean>(false)({ views: ['popup', 'call-window'], personal: false }),
  /** The call that this person is in on another of their devices. */
  elsewhere: slice<Elsewhere | null>(null)({ views: ['popup'], personal: true }),
  /** Null while nobody is signed in, or the server has not said yet. */
  privacy: slice<Privacy | null>(null)({ views: ['settings'], personal: true }),
  settings: slice<Settings>({
    ringtoneVolume: 0.7,
    ringtoneSilent: false,
    messageSound: true,
    devices: { microphone: null, camera: null, speaker: null, ringer: null },
  })({ views: ['call-window', 'settings', 'self-test'], personal: false }),
  permissions: slice<Permissions>({ microphone: 'prompt', camera: 'prompt' })({
    views: ['settings', 'welcome'],
    personal: false,
  }),
  /** The devices plugged into this machine. */
  devices: slice<DeviceLists>({
    microphone: NO_DEVICES,
    camera: NO_DEVICES,
    speaker: NO_DEVICES,
    ringer: NO_DEVICES,
  })({ views: ['call-window', 'settings', 'self-test'], personal: false }),
  /** The conversations that views have opened lately. */
  conversations: slice<ConversationView[]>([])({ views: ['popup', 'call-window'], personal: true }),
  unread: slice<UnreadView[]>([])({
    views: ['popup', 'call-window'],
    personal: true,
    worker: (unread) => unread,
  }),
  /** Up to which message of whom a notification announces, until they are read or the person dismisses it. */
  announced: slice<MessagePosition[]>([])({ views: [], personal: true, worker: (announced) => announced }),
  /** People whose name looks like another's, so that views show the username with it. */
  namesakes: slice<readonly UserId[]>([])({
    views: ['popup', 'call-window', 'settings', 'welcome'],
    personal: false,
  }),
  /** The person whose conversation the popup shows when it opens, because their notification was pressed. */
  wantedConversation: slice<UserId | null>(null)({ views: ['popup'], personal: true }),
};

type Slices = typeof SLICES;
export type SliceName = keyof Slices;

/** Everything that the phone shows. A slice is immutable: a new object means a change. */
export type Snapshot = { [Name in SliceName]: Slices[Name]['initial'] };

type WorkerSlice = {
  [Name in SliceName]: Slices[Name] extends { worker: unknown } ? Name : never;
}[SliceName];

/** The state from which the service worker draws notifications and badge. */
export type BackgroundSnapshot = { [Name in WorkerSlice]: ReturnType<Slices[Name]['worker']> };

/** All slices by name. */
export const SLICE_NAMES = Object.keys(SLICES) as SliceName[];

const initialOf = (names: readonly SliceName[]): Partial<Snapshot> =>
  Object.fromEntries(names.map((name) => [name, SLICES[name].initial]));

/** The snapshot before anything is known. */
export const AT_START = initialOf(SLICE_NAMES) as Snapshot;

/** The values, while nobody is signed in, of the slices that belong to a signed-in person. */
export const OF_NOBODY = initialOf(SLICE_NAMES.filter((name) => SLICES[name].personal));

/** The slices of a page. */
export const slicesOf = (view: View): SliceName[] =>
  SLICE_NAMES.filter((name) => SLICES[name].views.some((each) => each === view));

/** The part of a snapshot that the service worker may read. */
export const toBackground = (snapshot: Snapshot): BackgroundSnapshot =>
  Object.fromEntries(
    SLICE_NAMES.flatMap((name) => {
      const { worker }: Partial<Use<never>> = SLICES[name];
      return worker ? [[name, worker(snapshot[name] as never)]] : [];
    }),
  ) as BackgroundSnapshot;
