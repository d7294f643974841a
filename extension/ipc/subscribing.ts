import type { MessageRuntime } from '../host/message-runtime.ts';
import { withDelta, type Fields } from './delta.ts';
import type { Snapshot, View } from './slices.ts';
import { snapshotPort } from './snapshot-port.ts';

/** Milliseconds between two tries to reach a phone that does not answer. */
const RETRY_MS = 250;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Options {
  runtime: Pick<MessageRuntime, 'connect'>;
  /** Called when the phone is not there, before connecting again. */
  wake: () => Promise<void>;
}

/** Connects once; resolves when the connection is over, to whether anything came over it. */
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
      // From the phone, which is this same build; other extensions cannot connect.
      const delta = message as Fields;
      const now = (shown = shown ? withDelta(shown, delta) : delta);
      listener(Object.fromEntries(Object.keys(delta).map((name) => [name, now[name]])));
    });
    port.onDisconnect.addListener(() => {
      signal.removeEventListener('abort', stop);
      resolve(shown !== null);
    });
  });

/** Makes a view's end of the snapshots: connected at once, and again whenever the phone goes away. */
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
