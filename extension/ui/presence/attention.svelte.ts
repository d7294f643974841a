import { createSubscriber } from 'svelte/reactivity';

/**
 * Whether somebody is looking at this page: it is visible and has the focus, and the machine is neither idle nor
 * locked. A window that merely exists, behind another one or on a locked screen, is looked at by nobody. Whatever marks
 * something as seen asks this first.
 */
export class Attention {
  readonly #idle: () => boolean;
  readonly #subscribe = createSubscriber((update) => {
    const scope = new AbortController();
    const { signal } = scope;
    document.addEventListener('visibilitychange', update, { signal });
    window.addEventListener('focus', update, { signal });
    window.addEventListener('blur', update, { signal });
    return () => {
      scope.abort();
    };
  });

  /** @param idle whether nobody uses the machine, or its screen is locked */
  constructor(idle: () => boolean) {
    this.#idle = idle;
  }

  get is(): boolean {
    this.#subscribe();
    return document.visibilityState === 'visible' && document.hasFocus() && !this.#idle();
  }
}
