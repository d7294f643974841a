import type { Elsewhere } from '../../../protocol/calls/call.ts';
import type { Privacy } from '../../../protocol/people/privacy.ts';
import type { ListedContact } from '../../../protocol/account/session.ts';
import type { UserId } from '../../../protocol/ids.ts';
import type { ConversationView, UnreadView } from '../../ipc/conversation-view.ts';
import type {
  CallView,
  DeviceLists,
  HistoryView,
  IncomingView,
  PeopleView,
  Permissions,
  Session,
  Settings,
  Snapshot,
} from '../../ipc/snapshot.ts';
import { asEnded } from '../call/ended-view.ts';
import { sortContacts } from '../people/sort-contacts.ts';

type Phase = CallView['phase']['kind'];
const RINGS_OUT: ReadonlySet<Phase> = new Set(['dialing', 'ringing-out']);

/** What a page knows of the phone: its last snapshot, and what follows from it for showing. */
export class PhoneView {
  #session = $state.raw<Session>({ kind: 'starting' });
  #contacts = $state.raw<readonly ListedContact[]>([]);
  #people = $state.raw<PeopleView | null>(null);
  #incoming = $state.raw<readonly IncomingView[]>([]);
  #waitingCalls = $state.raw(0);
  #call = $state.raw<CallView | null>(null);
  #history = $state.raw<HistoryView>({ missed: null, revision: 0 });
  #elsewhere = $state.raw<Elsewhere | null>(null);
  #privacy = $state.raw<Privacy | null>(null);
  #settings = $state.raw<Settings | null>(null);
  #permissions = $state.raw<Permissions | null>(null);
  #devices = $state.raw<DeviceLists | null>(null);
  #conversations = $state.raw<readonly ConversationView[]>([]);
  #unread = $state.raw<readonly UnreadView[]>([]);
  #namesakes = $state.raw<readonly UserId[]>([]);

  /** Those whose name looks like another's. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew at each change, and never changed itself
  readonly namesakes: ReadonlySet<UserId> = $derived(new Set(this.#namesakes));
  /** Available people first. */
  readonly contacts = $derived(sortContacts(this.#contacts));
  /** The one to be asked about: of a favourite if there is one, else the newest. */
  readonly ringing = $derived(this.#incoming[0] ?? null);
  readonly alsoRinging = $derived(this.#incoming.slice(1));
  readonly ringingOut = $derived(this.#call && RINGS_OUT.has(this.#call.phase.kind) ? this.#call : null);
  readonly ended = $derived(asEnded(this.#call));
  /** Connecting, active or reconnecting. */
  readonly inCall = $derived(this.ringingOut || this.ended ? null : this.#call);
  /** What was missed since the current call began; null: nothing. */
  readonly missedMeanwhile = $derived(
    this.#history.missed && this.#call && this.#history.during?.callId === this.#call.callId
      ? { count: this.#history.during.count, latest: this.#history.missed.latest }
      : null,
  );
  readonly online = $derived(
    this.#session.kind === 'signed-in' && this.#session.connection.kind === 'online',
  );

  get session(): Session {
    return this.#session;
  }

  /** Null until the first snapshot. */
  get people(): PeopleView | null {
    return this.#people;
  }

  /** How many more people call, who are not among those that ring here. */
  get waitingCalls(): number {
    return this.#waitingCalls;
  }

  get call(): CallView | null {
    return this.#call;
  }

  get history(): HistoryView {
    return this.#history;
  }

  /** The call that this person is in on another device. */
  get elsewhere(): Elsewhere | null {
    return this.#elsewhere;
  }

  /** Null until the server has told it. */
  get privacy(): Privacy | null {
    return this.#privacy;
  }

  /** Null until the first snapshot. */
  get settings(): Settings | null {
    return this.#settings;
  }

  get permissions(): Permissions | null {
    return this.#permissions;
  }

  /** What is plugged into this machine; null until the first snapshot. */
  get devices(): DeviceLists | null {
    return this.#devices;
  }

  /** Null until this page, or another one, has opened it. */
  conversation(userId: UserId): ConversationView | null {
    return this.#conversations.find((each) => each.userId === userId) ?? null;
  }

  unread(userId: UserId): number {
    return this.#unread.find((each) => each.userId === userId)?.count ?? 0;
  }

  /** Replaces the slices that came. */
  show(slices: Partial<Snapshot>): void {
    if (slices.session !== undefined) this.#session = slices.session;
    if (slices.contacts !== undefined) this.#contacts = slices.contacts;
    if (slices.people !== undefined) this.#people = slices.people;
    if (slices.incoming !== undefined) this.#incoming = slices.incoming;
    if (slices.waitingCalls !== undefined) this.#waitingCalls = slices.waitingCalls;
    if (slices.call !== undefined) this.#call = slices.call;
    if (slices.history !== undefined) this.#history = slices.history;
    if (slices.elsewhere !== undefined) this.#elsewhere = slices.elsewhere;
    if (slices.privacy !== undefined) this.#privacy = slices.privacy;
    if (slices.settings !== undefined) this.#settings = slices.settings;
    if (slices.permissions !== undefined) this.#permissions = slices.permissions;
    if (slices.devices !== undefined) this.#devices = slices.devices;
    if (slices.conversations !== undefined) this.#conversations = slices.conversations;
    if (slices.unread !== undefined) this.#unread = slices.unread;
    if (slices.namesakes !== undefined) this.#namesakes = slices.namesakes;
  }
}
