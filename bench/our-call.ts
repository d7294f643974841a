import type { Person } from '../e2e/support/person.ts';
import { until } from '../e2e/support/until.ts';
import type { Moments } from './arrivals.ts';
import * as phones from './measured-phone.ts';

/** The moments that a bench reads from the phone of each side. */
export const ARRIVALS = ['connected', 'first-frame', 'first-sound'] as const;

/** The moments of one call of ours, in epoch milliseconds. */
export interface OurCall {
  clicked: number;
  ringing: number;
  accepted: number;
  hungUp: number;
  /** The moments that each phone noted. */
  caller: Moments;
  callee: Moments;
  /** When the callee's call window showed its first frame of the caller. */
  frameSeen: number;
}

const dialled = async (caller: Person, callee: Person): Promise<{ clicked: number; ringing: number }> => {
  await phones.openPopup(caller);
  await caller.call(callee.name, 'video');
  const { [`click Video call ${callee.name}`]: clicked = Number.NaN } = await phones.momentsIn(caller.popup);
  await phones.leavePopup(caller);
  // Every call is accepted in the same state: all that a phone prepares during ringing is ready.
  await until(async () => (await caller.snapshot()).call?.phase.kind === 'ringing-out', {
    what: 'ringing out',
  });
  const { ringing = Number.NaN } = await phones.momentsIn(callee.popup);
  return { clicked, ringing };
};

const tidy = async (person: Person): Promise<void> => {
  await person.ended();
  const { call } = await person.snapshot();
  if (call) await person.ask('dismiss', { callId: call.callId });
  const windows = person.browser.context.pages().filter((page) => page.url().includes('/call-window/'));
  await Promise.all(windows.map((page) => page.close()));
};

/**
 * A video call, accepted in the call window (`windowOpen`) or by the notification, which opens it. Both phones are
 * idle before and after.
 * @param during What is done while the call is up.
 */
export const ourCall = async (
  caller: Person,
  callee: Person,
  windowOpen: boolean,
  during?: () => Promise<void>,
): Promise<OurCall> => {
  for (const person of [caller, callee]) {
    await phones.forget(person);
    await phones.leavePopup(person);
    if (windowOpen) await phones.openCallWindow(person);
  }
  const { clicked, ringing } = await dialled(caller, callee);

  let accepted = Number.NaN;
  if (windowOpen) await callee.accept('Accept', await callee.page('call-window'));
  else accepted = await phones.acceptByNotification(callee);
  const arrived = [
    await phones.momentsOf(caller, [...ARRIVALS]),
    await phones.momentsOf(callee, [...ARRIVALS]),
  ];
  const frameSeen = await phones.frameSeen(callee);
  await during?.();

  const window = await callee.page('call-window');
  await callee.button('Hang up', window).click();
  await Promise.all([caller.released(), callee.released()]);
  const stopped = [await phones.momentsOf(caller, ['stopped']), await phones.momentsOf(callee, ['stopped'])];
  const inWindow = await phones.momentsIn(window);
  await Promise.all([tidy(caller), tidy(callee)]);
  return {
    clicked,
    ringing,
    accepted: inWindow['click Accept'] ?? accepted,
    hungUp: inWindow['click Hang up'] ?? Number.NaN,
    caller: { ...arrived[0], ...stopped[0] },
    callee: { ...arrived[1], ...stopped[1] },
    frameSeen,
  };
};
