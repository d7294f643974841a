import type { ListedContact } from '../../protocol/account/session.ts';
import type { Elsewhere } from '../../protocol/calls/call.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Privacy } from '../../protocol/people/privacy.ts';
import type { OwnPresence } from '../../protocol/presence/presence.ts';
import type { ConversationView, UnreadView } from './conversation-view.ts';
import type {
  CallView,
  Connection,
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

/** Who is told of a slice, and for how long it holds. */
interface Use<T> {
  /** Pages that show it. */
  readonly views: readonly View[];
  /** Whether it belongs to the person who is signed in: while nobody is, it has its initial value. */
  readonly personal: boolean;
  /** All that the service worker may read of it; a change of just this wakes the worker. Missing: nothing. */
  readonly worker?: (value: T) => unknown;
}

const slice =
  <T>(initial: T) =>
  <const U extends Use<T>>(use: U): { readonly initial: T } & U => ({ initial, ...use });

/** What the service worker may know of the session. */
type WorkerSession =
  | { kind: 'starting' }
  | { kind: 'signed-out' }
  | {
      kind: 'signed-in';
      connection: Pick<Connection, 'kind'>;
      presence: Pick<OwnPresence, 'status'>;
    };

const NO_DEVICES: DeviceList = { hidden: false, devices: [], systemDefault: null };

/**
 * What the phone shows, slice by slice: with its value before anything is known. Everything else that names all slices
 * follows from here; a new one needs this declaration, who fills it, and who shows it. All of it is plain JSON.
 */
export const SLICES = {
  session: slice<Session>({ kind: 'starting' })({
    views: VIEWS,
    personal: false,
    worker: (session): WorkerSession =>
      session.kind === 'signed-in'
        ? {
            kind: session.kind,
            connection: { kind: session.connection.kind },
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
  /** How many more people call, who are not shown. */
  waitingCalls: slice<number>(0)({ views: ['popup', 'call-window'], personal: false }),
  call: slice<CallView | null>(null)({
    views: ['popup', 'call-window'],
    personal: false,
    /** Whether there is one that goes on. */
    worker: (call) => call !== null && call.phase.kind !== 'ended',
  }),
  history: slice<HistoryView>({ missed: null, revision: 0 })({
    views: ['popup', 'call-window'],
    personal: true,
    worker: ({ missed }) => ({ missed }),
  }),
  /** The call that this person is in on another of their devices. */
  elsewhere: slice<Elsewhere | null>(null)({ views: ['popup'], personal: true }),
  /** Null while nobody is signed in, or the server has not said yet. */
  privacy: slice<Privacy | null>(null)({ views: ['settings'], personal: true }),
  settings: slice<Settings>({
    ringtoneVolume: 0.7,
    ringtoneSilent: false,
    devices: { microphone: null, camera: null, speaker: null, ringer: null },
  })({ views: ['call-window', 'settings', 'self-test'], personal: false }),
  permissions: slice<Permissions>({ microphone: 'prompt', camera: 'prompt' })({
    views: ['settings', 'welcome'],
    personal: false,
  }),
  /** What is plugged into this machine. */
  devices: slice<DeviceLists>({
    microphone: NO_DEVICES,
    camera: NO_DEVICES,
    speaker: NO_DEVICES,
    ringer: NO_DEVICES,
  })({ views: ['call-window', 'settings', 'self-test'], personal: false }),
  /** Those that views have opened lately. */
  conversations: slice<ConversationView[]>([])({ views: ['popup', 'call-window'], personal: true }),
  unread: slice<UnreadView[]>([])({
    views: ['popup', 'call-window'],
    personal: true,
    worker: (unread) => unread,
  }),
  /** Whose messages a notification tells of: until they are read, or the person has put it away. */
  announced: slice<UserId[]>([])({ views: [], personal: true, worker: (announced) => announced }),
  /** Those whose name looks like another's, so that their username is shown with it. */
  namesakes: slice<readonly UserId[]>([])({
    views: ['popup', 'call-window', 'settings', 'welcome'],
    personal: false,
  }),
  /** Whose conversation the popup shows when it opens: their notification was pressed. */
  wantedConversation: slice<UserId | null>(null)({ views: ['popup'], personal: true }),
};

type Slices = typeof SLICES;
export type SliceName = keyof Slices;

/** Everything that the phone shows. A slice is immutable: a new object means a change. */
export type Snapshot = { [Name in SliceName]: Slices[Name]['initial'] };

type WorkerSlice = {
  [Name in SliceName]: Slices[Name] extends { worker: unknown } ? Name : never;
}[SliceName];

/** What the service worker draws notifications and badge from. */
export type BackgroundSnapshot = { [Name in WorkerSlice]: ReturnType<Slices[Name]['worker']> };

/** All slices by name. */
export const SLICE_NAMES = Object.keys(SLICES) as SliceName[];

const initialOf = (names: readonly SliceName[]): Partial<Snapshot> =>
  Object.fromEntries(names.map((name) => [name, SLICES[name].initial]));

/** What is shown before anything is known. */
export const AT_START = initialOf(SLICE_NAMES) as Snapshot;

/** What is shown of somebody who is signed in, while nobody is. */
export const OF_NOBODY = initialOf(SLICE_NAMES.filter((name) => SLICES[name].personal));

/** What a page shows. */
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
