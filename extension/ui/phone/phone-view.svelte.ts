import type { UserId } from '../../../protocol/ids.ts';
import type { ConversationView } from '../../ipc/conversation-view.ts';
import type { CallView } from '../../ipc/snapshot.ts';
import { asEnded } from '../call/ended-view.ts';
import { sortContacts } from '../people/sort-contacts.ts';
import { ShownSlices } from './shown-slices.svelte.ts';

type Phase = CallView['phase']['kind'];
const RINGS_OUT: ReadonlySet<Phase> = new Set(['dialing', 'ringing-out']);

/** A page's view of the phone: the slices that it shows, and values derived from them. */
export class PhoneView extends ShownSlices {
  /** People whose name looks like another's. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew at each change, and never changed itself
  readonly namesakes: ReadonlySet<UserId> = $derived(new Set(this.snapshot.namesakes));
  /** Available people first. */
  readonly contacts = $derived(sortContacts(this.snapshot.contacts));
  /** The ringing call that the prompt shows: a favourite's if there is one, otherwise the newest. */
  readonly ringing = $derived(this.snapshot.incoming[0] ?? null);
  readonly alsoRinging = $derived(this.snapshot.incoming.slice(1));
  readonly ringingOut = $derived.by(() => {
    const { call } = this.snapshot;
    return call && RINGS_OUT.has(call.phase.kind) ? call : null;
  });
  readonly ended = $derived(asEnded(this.snapshot.call));
  /** Connecting, active or reconnecting. */
  readonly inCall = $derived(this.ringingOut || this.ended ? null : this.snapshot.call);
  /** Calls missed since the current call began; null: none. */
  readonly missedMeanwhile = $derived.by(() => {
    const { history, call } = this.snapshot;
    return history.missed && call && history.during?.callId === call.callId
      ? { count: history.during.count, latest: history.missed.latest }
      : null;
  });
  readonly online = $derived.by(() => {
    const { session } = this.snapshot;
    return session.kind === 'signed-in' && session.connection.kind === 'online';
  });

  /** The server's time in epoch milliseconds, by this computer's clock and what the server said of it. */
  serverNow(): number {
    return Date.now() - this.snapshot.clockAhead;
  }

  /** Null until a page has opened the conversation. */
  conversation(userId: UserId): ConversationView | null {
    return this.snapshot.conversations.find((each) => each.userId === userId) ?? null;
  }

  unread(userId: UserId): number {
    return this.snapshot.unread.find((each) => each.userId === userId)?.count ?? 0;
  }
}
