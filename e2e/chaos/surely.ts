// Causes events that chance alone might leave out.
import type { Scene } from './actions.ts';
import { waitFor } from './wait-for.ts';

/** Milliseconds. */
const WITHIN = 30_000;

/** Somebody calls a person who never answers, and waits. */
export const letRing = async ({ crowd, journal }: Scene): Promise<void> => {
  let ringing: string | undefined;
  await waitFor(() => {
    if (journal.shownEnds.some(({ callId, reason }) => callId === ringing && reason === 'no-answer'))
      return true;
    const deaf = crowd.idle.find((one) => crowd.isDeaf(one));
    const caller = crowd.idle.find((one) => !crowd.isDeaf(one))?.devices.find((one) => one.isHere);
    const known = journal.shownEnds.some(({ callId }) => callId === ringing);
    if (!deaf || !caller || (ringing !== undefined && !known)) return false;
    caller.isSpared = true;
    caller.phone.dial(deaf.person);
    ringing = caller.phone.phone.current?.callId;
    return false;
  }, WITHIN);
  for (const device of crowd.devices) device.isSpared = false;
};

/** Both phones of a call vanish together, so that neither can report its end. */
export const loseTwo = async ({ crowd }: Scene): Promise<void> => {
  await waitFor(() => crowd.talking.length > 0, WITHIN);
  for (const device of crowd.talking[0] ?? []) device.lose();
};
