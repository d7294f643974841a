import type { MessageRuntime } from '../host/message-runtime.ts';
import { SNAPSHOT_PORT } from './protocol.ts';
import type { Snapshot } from './snapshot.ts';

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
  listener: (slices: Partial<Snapshot>) => void,
  signal: AbortSignal,
): Promise<boolean> =>
  new Promise((resolve) => {
    let heard = false;
    const port = runtime.connect(SNAPSHOT_PORT);
    const stop = (): void => {
      port.disconnect();
      resolve(heard);
    };
    signal.addEventListener('abort', stop, { once: true });
    port.onMessage.addListener((message) => {
      if (signal.aborted) return;
      heard = true;
      // From the phone, which is this same build; other extensions cannot connect.
      listener(message as Partial<Snapshot>);
    });
    port.onDisconnect.addListener(() => {
      signal.removeEventListener('abort', stop);
      resolve(heard);
    });
  });

/** Makes a view's end of the snapshots: connected at once, and again whenever the phone goes away. */
export const createSubscribe =
  ({ runtime, wake }: Options) =>
  (listener: (slices: Partial<Snapshot>) => void, signal: AbortSignal): void => {
    const run = async (): Promise<void> => {
      for (let silent = 0; ;) {
        silent = (await connectOnce(runtime, listener, signal)) ? 0 : silent + 1;
        if (signal.aborted) return;
        if (silent > 1) await pause(RETRY_MS);
        if (silent > 0) await wake().catch(() => undefined);
      }
    };
    void run();
  };
