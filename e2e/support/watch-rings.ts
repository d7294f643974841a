import type { IncomingView } from '../../extension/ipc/snapshot.ts';
import type { Person } from './person.ts';

// Left on the popup's window by the watch below.
declare global {
  interface Window {
    rang?: string[];
  }
}

/** From here on, remembers every call that is shown to this person as ringing, however briefly. */
export const watchRings = (person: Person): Promise<void> =>
  person.popup.evaluate(() => {
    const rang: string[] = [];
    window.rang = rang;
    const note = ({ callId }: Partial<IncomingView>): void => {
      if (callId !== undefined && !rang.includes(callId)) rang.push(callId);
    };
    // A message carries the whole list, or its changes: new entries, and entries that now show another call.
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
