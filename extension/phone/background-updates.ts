import type { SnapshotSource } from '../ipc/publishing.ts';
import type { BackgroundSnapshot } from '../ipc/snapshot.ts';

/** What the service worker draws from, as a text: what does not change it does not wake the worker. */
const keyOf = ({
  session,
  incoming,
  call,
  unread,
  history: { missed },
  people,
}: BackgroundSnapshot): string =>
  JSON.stringify([
    session.kind,
    session.kind === 'signed-in' && [session.connection.kind, session.presence.status],
    incoming.map(({ callId, from, media }) => [callId, from.displayName, media]),
    call !== null && call.phase.kind !== 'ended',
    unread,
    missed && [missed.count, missed.latest?.callId, missed.latest?.person?.displayName],
    people.pending.incoming,
  ]);

/** The slices that the service worker may ask for. */
export const toBackground = ({
  session,
  incoming,
  call,
  unread,
  history,
  people,
}: BackgroundSnapshot): BackgroundSnapshot => ({ session, incoming, call, unread, history, people });

/** Tells the service worker of each change that it draws, and of nothing else: a message starts it when it sleeps. */
export const updateBackground = (
  source: SnapshotSource,
  show: (snapshot: BackgroundSnapshot) => void,
): void => {
  let told = '';
  source.subscribe(() => {
    const key = keyOf(source.current);
    if (key === told) return;
    told = key;
    show(toBackground(source.current));
  });
};
