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

  /** For `{@attach}`: counts from when the element is drawn and the page is visible. */
  readonly watch = (): (() => void) => {
    const scope = new AbortController();
    let frame = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
    const look = (): void => {
      stop();
      if (document.visibilityState !== 'visible') return;
      // A busy page is drawn late: what nobody has seen yet does not count.
      frame = requestAnimationFrame(() => {
        timer = setTimeout(() => {
          this.#is = true;
          scope.abort();
        }, this.#ms);
      });
    };
    document.addEventListener('visibilitychange', look, { signal: scope.signal });
    look();
    return () => {
      scope.abort();
      stop();
    };
  };
}
