import type { Snapshot } from '../../extension/ipc/snapshot.ts';
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
    chrome.runtime.connect({ name: 'snapshots' }).onMessage.addListener(({ incoming }: Partial<Snapshot>) => {
      for (const { callId } of incoming ?? []) if (!rang.includes(callId)) rang.push(callId);
    });
  });

/** Calls that have rung here since {@link watchRings}. */
export const rungCalls = (person: Person): Promise<string[]> =>
  person.popup.evaluate(() => window.rang ?? []);
