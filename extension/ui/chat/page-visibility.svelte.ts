import { createSubscriber } from 'svelte/reactivity';

/** Whether this page is visible now. */
export class PageVisibility {
  readonly #subscribe = createSubscriber((update) => {
    document.addEventListener('visibilitychange', update);
    return () => {
      document.removeEventListener('visibilitychange', update);
    };
  });

  get is(): boolean {
    this.#subscribe();
    return document.visibilityState === 'visible';
  }
}
