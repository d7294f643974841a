import type { MessagePosition } from '../../../protocol/chat/message.ts';
import type { CallId } from '../../../protocol/ids.ts';
import type { Media } from '../../../protocol/calls/call.ts';
import type { BackgroundSnapshot } from '../../ipc/slices.ts';

/** What the toolbar's icon says, in the words of the catalogue. */
export type IconState = 'idle' | 'ringing' | 'in-call' | 'not-connected' | 'signed-out';

/** What the worker shows outside of the extension's own pages. */
export interface Appearance {
  /** The foremost of the calls that ring; its id is the call's, so that a button acts on the right one even after the worker died. */
  notifications: readonly { callId: CallId; name: string; username: string; media: Media }[];
  icon: IconState;
  /** Whose messages are announced, up to which, and how many are not read. */
  messages: readonly (MessagePosition & { name: string; count: number })[];
  /** Messages that are not read. */
  unread: number;
  /** Calls that were missed and not looked at. */
  missed: number;
  /** People who ask to become a contact. */
  requests: number;
}

const iconState = ({ session, incoming, call }: BackgroundSnapshot): IconState => {
  if (incoming.length > 0) return 'ringing';
  if (call) return 'in-call';
  if (session.kind === 'signed-out') return 'signed-out';
  if (session.kind === 'signed-in' && session.connection.kind === 'offline') return 'not-connected';
  return 'idle';
};

/** The appearance that belongs to a state of the phone: a pure function, so that nothing need be remembered. */
export const desiredAppearance = (snapshot: BackgroundSnapshot): Appearance => ({
  notifications: snapshot.incoming.slice(0, 1).map(({ callId, from, media }) => ({
    callId,
    name: from.displayName,
    username: from.username,
    media,
  })),
  icon: iconState(snapshot),
  messages: snapshot.announced.flatMap(({ userId, at }) => {
    const unread = snapshot.unread.find((each) => each.userId === userId);
    return unread ? [{ userId, at, name: unread.name, count: unread.count }] : [];
  }),
  unread: snapshot.unread.reduce((sum, { count }) => sum + count, 0),
  missed: snapshot.history.missed?.count ?? 0,
  requests: snapshot.people.pending.incoming.length,
});
