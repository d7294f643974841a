import { runtime } from '../host/runtime.ts';
import { askBackground } from './ask-background.ts';
import { createSubscribe } from './subscribing.ts';

/**
 * Gives a page the phone's state: the first call of `listener` has all slices that the page shows, later ones those
 * that changed. Connects again by itself, making the phone if need be, until `signal` aborts.
 */
export const subscribeSnapshots = createSubscribe({
  runtime,
  wake: () => askBackground('ensure-phone', {}),
});
