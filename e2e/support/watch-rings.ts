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
    const note = ({ callId }: Partial<IncomingView>): void => {
      if (callId !== undefined && !rang.includes(callId)) rang.push(callId);
    };
    // The whole list, or what came to it: an entry, or another call in an entry's place.
    type Incoming =
      IncomingView[] | { put: [number, IncomingView][]; changed: [number, Partial<IncomingView>][] };
    chrome.runtime
      .connect({ name: 'snapshots' })
      .onMessage.addListener(({ incoming = [] }: { incoming?: Incoming }) => {
        const calls = Array.isArray(incoming)
          ? incoming
          : [...incoming.put, ...incoming.changed].map(([, call]) => call);
        calls.forEach(note);
      });
  });

/** Calls that have rung here since {@link watchRings}. */
export const rungCalls = (person: Person): Promise<string[]> =>
  person.popup.evaluate(() => window.rang ?? []);
