import type { PhoneWindow } from './phone-window.ts';
import { until } from './until.ts';

// Left on the phone's window by the probe below.
declare global {
  interface Window {
    held?: {
      timers: Map<number, string>;
      connections: WeakRef<RTCPeerConnection>[];
      contexts: WeakRef<AudioContext>[];
    };
  }
}

/** What a phone holds open, apart from what it captures. */
export interface Held {
  /** Timers that will fire, as `timeout 250`. */
  timers: string[];
  connections: number;
  contexts: number;
}

/** From here on, counts the timers, peer connections and audio contexts that the phone opens, and holds none of them. */
export const watchHeld = (phone: PhoneWindow): Promise<void> =>
  phone.evaluate(() => {
    const held: NonNullable<Window['held']> = { timers: new Map(), connections: [], contexts: [] };
    window.held = held;
    const { setTimeout: later, setInterval: often, clearTimeout: never, clearInterval: stop } = window;
    type Handler = (...args: unknown[]) => void;
    const replaced = {
      setTimeout: (handler: Handler, ms?: number, ...args: unknown[]): number => {
        const id = later(() => {
          held.timers.delete(id);
          handler(...args);
        }, ms);
        held.timers.set(id, `timeout ${String(ms)}`);
        return id;
      },
      setInterval: (handler: Handler, ms?: number, ...args: unknown[]): number => {
        const id = often(() => {
          handler(...args);
        }, ms);
        held.timers.set(id, `interval ${String(ms)}`);
        return id;
      },
      clearTimeout: (id?: number): void => {
        held.timers.delete(id ?? 0);
        never(id);
      },
      clearInterval: (id?: number): void => {
        held.timers.delete(id ?? 0);
        stop(id);
      },
      RTCPeerConnection: class extends RTCPeerConnection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          held.connections.push(new WeakRef(this));
        }
      },
      AudioContext: class extends AudioContext {
        constructor(options?: AudioContextOptions) {
          super(options);
          held.contexts.push(new WeakRef(this));
        }
      },
    };
    Object.assign(window, replaced);
  });

/** What is held right now. */
export const heldBy = (phone: PhoneWindow): Promise<Held> =>
  phone.evaluate(() => {
    const { timers, connections, contexts } = window.held ?? {
      timers: new Map<number, string>(),
      connections: [],
      contexts: [],
    };
    return {
      timers: [...timers.values()].sort(),
      connections: connections.filter((it) => (it.deref()?.connectionState ?? 'closed') !== 'closed').length,
      contexts: contexts.filter((it) => (it.deref()?.state ?? 'closed') !== 'closed').length,
    };
  });

/**
 * Waits until no connection of the phone gathers candidates. Chromium never lets go of one that is closed in the very
 * moment when it has scheduled `icegatheringstatechange`: the event that is not dispatched any more holds its own
 * connection (`RTCPeerConnection::ChangeIceGatheringState`). No page can mend or see that, and what counts leaks waits
 * for it to be impossible.
 */
export const gathered = (phone: PhoneWindow): Promise<boolean> =>
  until(
    () =>
      phone.evaluate(() =>
        (window.held?.connections ?? []).every((it) => {
          const connection = it.deref();
          if (!connection || connection.connectionState === 'closed') return true;
          return connection.localDescription === null || connection.iceGatheringState === 'complete';
        }),
      ),
    { what: 'candidates to be gathered' },
  );
