import type { CallSample } from '../messaging/call-details.ts';
import type { Clock } from './clock.ts';
import { deriveSample } from './derive-sample.ts';
import type { Reading } from './reading.ts';

const SAMPLE_MS = 2_000;

interface SamplerOptions {
  clock: Clock;
  /** Asks the connection; a refusal is one sample fewer. */
  read: () => Promise<Reading>;
  onSample: (sample: Omit<CallSample, 'resting'>) => void;
}

/** Reads a connection's statistics every two seconds, from when it is made until it is stopped: the only one that does. */
export class Sampler {
  readonly #options: SamplerOptions;
  #before: Reading | null = null;
  #cancelTimer: (() => void) | null = null;
  #stopped = false;

  constructor(options: SamplerOptions) {
    this.#options = options;
    void this.#sample();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
  }

  async #sample(): Promise<void> {
    // Asked for anew only when the last one has answered, however long that took.
    const now = await this.#options.read().catch(() => null);
    if (this.#stopped) return;
    const before = this.#before;
    this.#before = now ?? before;
    this.#cancelTimer = this.#options.clock.after(SAMPLE_MS, () => void this.#sample());
    if (before && now && now.at > before.at) this.#options.onSample(deriveSample(before, now));
  }
}
