/**
 * Turns true when an element has been on screen for a while: a button that
 * appears under a moving pointer must not be pressed before it is seen.
 */
export class Settled {
  #is = $state(false);
  readonly #ms: number;

  /** `ms`: how long the page has to be visible with the element in it. */
  constructor(ms: number) {
    this.#ms = ms;
  }

  get is(): boolean {
    return this.#is;
  }

  /** For `{@attach}`: counts from when the element is there and the page is visible. */
  readonly watch = (): (() => void) => {
    const scope = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      if (document.visibilityState !== 'visible') return;
      timer = setTimeout(() => {
        this.#is = true;
        scope.abort();
      }, this.#ms);
    };
    document.addEventListener('visibilitychange', look, { signal: scope.signal });
    look();
    return () => {
      scope.abort();
      clearTimeout(timer);
    };
  };
}
