import { expect } from '@playwright/test';
import { figure } from './figure.ts';
import { captureEndedAt } from './media-probe.ts';
import type { Person } from './person.ts';
import { until } from './until.ts';

/** The limit for the median over a file's tests: milliseconds from the end of a call until all captures are off. */
const MEDIAN_WITHIN = 200;
/** The limit for each single test; it is higher, because a busy machine delays one now and then. */
const EACH_WITHIN = 1_000;

/** How soon microphones and cameras were off, over the tests of a file. */
export class AllOff {
  readonly #times: number[] = [];

  /** Waits until nothing is captured at these people, and expects that soon after `since` (epoch milliseconds). */
  async expectOff(people: readonly Person[], since: number): Promise<void> {
    for (const person of people) {
      const endedAt = await until(() => captureEndedAt(person.phone), {
        what: `${person.name}’s capture to end`,
        timeout: 15_000,
      });
      const after = endedAt - since;
      figure(`${person.name}’s microphone and camera off`, `${String(after)} ms`);
      this.#times.push(after);
      expect(after, `ms until ${person.name}’s microphone and camera were off`).toBeLessThanOrEqual(
        EACH_WITHIN,
      );
    }
  }

  /** Checks the median; to be called at the end of a file. */
  expectMedian(): void {
    const median = this.#times.toSorted((a, b) => a - b)[Math.floor(this.#times.length / 2)];
    figure('all off, median', `${String(median)} ms of ${String(this.#times.length)}`);
    expect(median ?? 0, 'ms until all is off, median').toBeLessThanOrEqual(MEDIAN_WITHIN);
  }
}
