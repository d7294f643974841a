import { createSubscriber } from 'svelte/reactivity';

/** Whether somebody can see this page right now. */
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
