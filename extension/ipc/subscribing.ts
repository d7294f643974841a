import type { MessageRuntime } from '../host/message-runtime.ts';
import { withDelta, type Fields } from './delta.ts';
import type { Snapshot, View } from './slices.ts';
import { snapshotPort } from './snapshot-port.ts';

/** The pause between two attempts to reach the phone, in milliseconds. */
const RETRY_MS = 250;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Options {
  runtime: Pick<MessageRuntime, 'connect'>;
  /** Called before reconnecting, when the phone is not there. */
  wake: () => Promise<void>;
}

/** Connects once. Resolves when the connection ends, to whether anything was received. */
const connectOnce = (
  runtime: Options['runtime'],
  view: View,
  listener: (slices: Partial<Snapshot>) => void,
  signal: AbortSignal,
): Promise<boolean> =>
  new Promise((resolve) => {
    let shown: Fields | null = null;
    const port = runtime.connect(snapshotPort(view));
    const stop = (): void => {
      port.disconnect();
      resolve(shown !== null);
    };
    signal.addEventListener('abort', stop, { once: true });
    port.onMessage.addListener((message) => {
      if (signal.aborted) return;
      // The sender is the phone of the same build; other extensions cannot connect.
      const delta = message as Fields;
      const now = (shown = shown ? withDelta(shown, delta) : delta);
      listener(Object.fromEntries(Object.keys(delta).map((name) => [name, now[name]])));
    });
    port.onDisconnect.addListener(() => {
      signal.removeEventListener('abort', stop);
      resolve(shown !== null);
    });
  });

/**
 * Creates a view's end of the snapshots, which connects at once and reconnects whenever the phone goes away.
 */
export const createSubscribe =
  ({ runtime, wake }: Options) =>
  (view: View, listener: (slices: Partial<Snapshot>) => void, signal: AbortSignal): void => {
    const run = async (): Promise<void> => {
      for (let silent = 0; ;) {
        silent = (await connectOnce(runtime, view, listener, signal)) ? 0 : silent + 1;
        if (signal.aborted) return;
        if (silent > 1) await pause(RETRY_MS);
        if (silent > 0) await wake().catch(() => undefined);
      }
    };
    void run();
  };
