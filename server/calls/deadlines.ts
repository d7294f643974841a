import type { CallId } from '../../protocol/ids.ts';
import type { Clock, Timer } from '../clock.ts';

/** One timer a call, for the next moment at which time alone changes it. */
export class Deadlines {
  readonly #timers = new Map<CallId, Timer>();
  readonly #clock: Clock;
  readonly #onDue: (callId: CallId) => void;

  constructor(clock: Clock, onDue: (callId: CallId) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** `at` is epoch milliseconds; null: nothing is due any more. Never due before the clock says so. */
  set(callId: CallId, at: number | null): void {
    this.#timers.get(callId)?.cancel();
    this.#timers.delete(callId);
    if (at === null) return;
    const timer = this.#clock.setTimeout(
      () => {
        // Node's timers run on another clock than Date.now() and one in six fires a millisecond before it, where
        // nothing is due yet: without another try the call would ring for ever.
        if (this.#clock.now() < at) {
          this.set(callId, at);
          return;
        }
        this.#timers.delete(callId);
        this.#onDue(callId);
      },
      Math.max(0, at - this.#clock.now()),
    );
    this.#timers.set(callId, timer);
  }

  clear(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }
}
