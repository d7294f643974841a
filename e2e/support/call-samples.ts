import type { CallDetails, CallSample } from '../../extension/ipc/call-details.ts';
import type { Person } from './person.ts';

/** How this person's call has done in the last two minutes, by the samples that the phone keeps. */
export const callSamples = async (person: Person): Promise<readonly CallSample[]> => {
  const { samples } = await person.popup.evaluate(
    () =>
      new Promise<CallDetails>((resolve) => {
        const port = chrome.runtime.connect({ name: 'call-details' });
        port.onMessage.addListener((details: CallDetails) => {
          resolve(details);
          port.disconnect();
        });
      }),
  );
  return samples;
};
