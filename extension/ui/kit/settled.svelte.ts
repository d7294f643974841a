/**
 * Becomes true when an element has been visible for a while, so that nobody presses a button by accident that
 * appears under the pointer.
 */
export class Settled {
  #is = $state(false);
  readonly #ms: number;

  /** `ms`: how long the page must have been visible with the element in it. */
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
      // A busy page is drawn late, so the time counts from the first drawn frame.
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
