import type { CallDetails, CallSample } from '../../ipc/call-details.ts';

type Subscribe = (listener: (details: CallDetails) => void, signal: AbortSignal) => void;

/** Figures about the call's connection, while a page shows them. */
export class Details {
  #samples = $state.raw<readonly CallSample[]>([]);
  readonly #subscribe: Subscribe;

  constructor(subscribe: Subscribe) {
    this.#subscribe = subscribe;
  }

  /** The last two minutes, oldest first. */
  get samples(): readonly CallSample[] {
    return this.#samples;
  }

  get latest(): CallSample | null {
    return this.#samples.at(-1) ?? null;
  }

  /** For `{@attach}` on the element that shows them. */
  readonly follow = (): (() => void) => {
    const scope = new AbortController();
    this.#subscribe(({ samples }) => {
      this.#samples = samples;
    }, scope.signal);
    return () => {
      scope.abort();
      this.#samples = [];
    };
  };
}
