import type { Problem } from '../../ui/i18n/problem-text.ts';

/** The state of a submitted form: whether it is under way, whether it succeeded, and what went wrong. */
export class Attempt {
  #busy = $state(false);
  #done = $state(false);
  #problem = $state.raw<Problem | null>(null);

  get busy(): boolean {
    return this.#busy;
  }

  /** The last attempt succeeded, and nothing was typed or tried since. */
  get done(): boolean {
    return this.#done;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** One attempt at a time. Resolves to whether it succeeded. */
  async run(work: () => Promise<Problem | null>): Promise<boolean> {
    if (this.#busy) return false;
    this.forget();
    this.#busy = true;
    this.#problem = await work();
    this.#busy = false;
    this.#done = this.#problem === null;
    return this.#done;
  }

  /** Something else was typed, so the result of the last attempt no longer applies. */
  forget(): void {
    this.#done = false;
    this.#problem = null;
  }
}
