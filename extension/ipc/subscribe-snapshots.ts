import { runtime } from '../host/runtime.ts';
import { askBackground } from './ask-background.ts';
import { createSubscribe } from './subscribing.ts';

/**
 * Gives a page the phone's state. The first call of `listener` has all slices of the page, later calls those
 * that changed. Reconnects by itself, and starts the phone if necessary, until `signal` aborts.
 */
export const subscribeSnapshots = createSubscribe({
  runtime,
  wake: () => askBackground('ensure-phone', {}),
});
