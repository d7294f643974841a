import type { Problem } from '../../ui/i18n/problem-text.ts';

/** What a form does when it is sent: whether it is under way, whether it was done, and what went wrong. */
export class Attempt {
  #busy = $state(false);
  #done = $state(false);
  #problem = $state.raw<Problem | null>(null);

  get busy(): boolean {
    return this.#busy;
  }

  /** Since then nothing else was tried and nothing typed. */
  get done(): boolean {
    return this.#done;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** One at a time. Resolves to whether it was done. */
  async run(work: () => Promise<Problem | null>): Promise<boolean> {
    if (this.#busy) return false;
    this.forget();
    this.#busy = true;
    this.#problem = await work();
    this.#busy = false;
    this.#done = this.#problem === null;
    return this.#done;
  }

  /** Something else is typed: what was said of the last attempt does not hold for it. */
  forget(): void {
    this.#done = false;
    this.#problem = null;
  }
}
