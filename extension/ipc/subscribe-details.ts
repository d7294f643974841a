import type { MessageRuntime } from '../host/message-runtime.ts';
import { DETAILS_PORT, type CallDetails } from './call-details.ts';

/**
 * Calls a listener with the call's details at once and at each sample, until `signal` aborts or the phone
 * goes away.
 */
export const subscribeDetails = (
  runtime: Pick<MessageRuntime, 'connect'>,
  listener: (details: CallDetails) => void,
  signal: AbortSignal,
): void => {
  if (signal.aborted) return;
  const port = runtime.connect(DETAILS_PORT);
  port.onMessage.addListener((message) => {
    // The sender is the phone of the same build; other extensions cannot connect.
    if (!signal.aborted) listener(message as CallDetails);
  });
  signal.addEventListener(
    'abort',
    () => {
      port.disconnect();
    },
    { once: true },
  );
};
