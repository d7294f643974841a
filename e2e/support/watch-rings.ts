import type { IncomingView } from '../../extension/ipc/snapshot.ts';
import type { Person } from './person.ts';

// Left on the popup's window by the watch below.
declare global {
  interface Window {
    rang?: string[];
  }
}

/** From here on, remembers every call that rings for this person to see, however shortly. */
export const watchRings = (person: Person): Promise<void> =>
  person.popup.evaluate(() => {
    const rang: string[] = [];
    window.rang = rang;
    const note = ({ callId }: IncomingView): void => {
      if (!rang.includes(callId)) rang.push(callId);
    };
    // The whole list, or what came to it.
    type Incoming = IncomingView[] | { put: [number, IncomingView][] };
    chrome.runtime
      .connect({ name: 'snapshots' })
      .onMessage.addListener(({ incoming = [] }: { incoming?: Incoming }) => {
        for (const call of Array.isArray(incoming) ? incoming : incoming.put.map(([, put]) => put))
          note(call);
      });
  });

/** Calls that have rung here since {@link watchRings}. */
export const rungCalls = (person: Person): Promise<string[]> =>
  person.popup.evaluate(() => window.rang ?? []);
