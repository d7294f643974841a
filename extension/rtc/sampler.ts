import type { CallSample } from '../ipc/call-details.ts';
import type { Clock } from './clock.ts';
import { deriveSample } from './derive-sample.ts';
import type { Reading } from './reading.ts';

const SAMPLE_MS = 2_000;
/** A call that has just connected has more urgent things to do on this thread: the first picture is due. */
const FIRST_MS = 500;

interface SamplerOptions {
  clock: Clock;
  /** Reads the connection's statistics; if that fails, a sample is left out. */
  read: () => Promise<Reading>;
  onSample: (sample: Omit<CallSample, 'resting'>) => void;
}

/** Samples a connection's statistics every two seconds, from when it is made until it is stopped. */
export class Sampler {
  readonly #options: SamplerOptions;
  #before: Reading | null = null;
  #cancelTimer: (() => void) | null = null;
  #stopped = false;

  constructor(options: SamplerOptions) {
    this.#options = options;
    this.#schedule(FIRST_MS);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
  }

  #schedule(delay: number): void {
    this.#cancelTimer = this.#options.clock.after(delay, () => void this.#sample());
  }

  async #sample(): Promise<void> {
    const now = await this.#options.read().catch(() => null);
    if (this.#stopped) return;
    const before = this.#before;
    this.#before = now ?? before;
    // Scheduled only now, so that readings do not overlap, however long one takes.
    this.#schedule(SAMPLE_MS);
    if (before && now && now.at > before.at) this.#options.onSample(deriveSample(before, now));
  }
}
