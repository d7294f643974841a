import type { CallId } from '../../../protocol/ids.ts';
import type { Person } from '../../../protocol/presence/presence.ts';
import type { CallDetails } from '../../ipc/call-details.ts';
import type { PathProblem } from '../../rtc/relay-watch.ts';
import { keepEqual } from '../keep-equal.ts';
import type { Log } from '../log-ring.ts';
import { asToday } from '../people/as-today.ts';
import type { SnapshotStore } from '../snapshot-store.ts';
import type { CallSounds } from './call-sounds.ts';
import type { CallLinks } from './links/call-links.ts';
import type { Stage } from './links/stage.ts';
import { isTalking } from './machine/phone.ts';
import type { PhoneRunner } from './phone-runner.ts';
import { callView, incomingViews } from './view/call-view.ts';

/**
 * Milliseconds in which the views are not redrawn: on a local network the invite is sent, or the connection is up,
 * within this time. Drawing first would block the thread for longer.
 */
const QUIET = { dialing: 40, connecting: 120 } as const;

/** As much of the calls as is followed: their state, and what they hold. */
interface Followed {
  machine: Pick<PhoneRunner, 'phone' | 'on'>;
  links: Pick<CallLinks, 'on' | 'find' | 'currentOf'>;
}

interface Followers {
  store: Pick<SnapshotStore, 'current' | 'update' | 'quiet' | 'subscribe'>;
  sounds: Pick<CallSounds, 'follow'>;
  stage: Pick<Stage, 'present'>;
  /** Tells how the connection of the current call does, at each sample; without samples once the call is over. */
  publishDetails: (details: CallDetails) => void;
  log: Log;
}

/** Lets what people see and hear follow the calls' state; nothing in the calls knows of it. */
export const followCalls = (
  { machine, links }: Followed,
  { store, sounds, stage, publishDetails, log }: Followers,
): void => {
  /** Why the call that ended last found no path. */
  let failure: { callId: CallId; problem: PathProblem } | null = null;

  const show = (): void => {
    const { phone } = machine;
    const { current } = phone;
    const link = links.currentOf(phone);
    stage.present(link, isTalking(phone));
    const problem = failure !== null && failure.callId === current?.callId ? failure.problem : null;
    const { call, incoming, contacts } = store.current;
    const today = (person: Person): Person => asToday(person, contacts);
    const view = current && callView(current, link?.view, problem);
    const ringing = incomingViews(phone).map((each) => ({ ...each, from: today(each.from) }));
    store.update({
      call: keepEqual(call, view && { ...view, peer: today(view.peer) }),
      incoming: keepEqual(incoming, ringing),
      waitingCalls: phone.queue.waiting,
    });
  };

  machine.on('changed', ({ now, before }) => {
    const { current } = now;
    const urgent = current?.kind === 'dialing' || current?.kind === 'connecting';
    if (urgent && before.current?.kind !== current.kind) store.quiet(QUIET[current.kind]);
    sounds.follow(now, before, store.current.settings);
    show();
  });
  links.on('changed', show);
  // Who is in a call may take another name or picture meanwhile.
  store.subscribe(({ contacts }) => {
    if (contacts) show();
  });
  links.on('sampled', ({ callId }) => {
    const link = links.currentOf(machine.phone);
    if (link && link === links.find(callId)) publishDetails(link.details);
  });
  links.on('released', ({ callId, problem }) => {
    const { current } = machine.phone;
    const failed =
      current?.kind === 'ended' && current.reason === 'media-failed' && current.callId === callId;
    if (failed && problem !== null) {
      failure = { callId, problem };
      log('no-path', { problem });
    }
    if (!links.currentOf(machine.phone)) publishDetails({ samples: [] });
  });
};
