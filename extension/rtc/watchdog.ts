import type { Clock } from './clock.ts';

const TICK_MS = 250;
/** Heartbeats come every second: only when one is late are the transport's counters worth asking for. */
const LATE_MS = 1_250;
const SILENCE_MS = 2_000;
/** Own timers this late mean that this machine slept or was stuck, not that the other side was silent. */
const STUCK_MS = 1_000;

/** What a watchdog watches and tells. */
export interface WatchdogOptions {
  clock: Clock;
  /** Counts packets of any kind that have arrived on the transport. */
  packetsReceived: () => Promise<number>;
  onChange: (alive: boolean) => void;
}

/**
 * Tells when the other side has fallen silent (nothing heard for two seconds:
 * neither message nor packet) and when it is back.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  #alive = true;
  #heardAt: number;
  #tickedAt: number;
  #packets: number | null = null;
  #asking = false;
  #cancelTimer: (() => void) | null = null;
  #stopped = false;

  /** Starts watching at once. */
  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.#heardAt = this.#tickedAt = options.clock.now();
    this.#schedule();
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Something came from the other side. */
  heard(): void {
    this.#heardAt = this.#options.clock.now();
    this.#packets = null;
    this.#tell(true);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
  }

  #schedule(): void {
    this.#cancelTimer = this.#options.clock.after(TICK_MS, () => {
      this.#tick();
      this.#schedule();
    });
  }

  #tick(): void {
    const now = this.#options.clock.now();
    if (now - this.#tickedAt > TICK_MS + STUCK_MS) this.#heardAt = now;
    this.#tickedAt = now;
    if (now - this.#heardAt >= LATE_MS) void this.#ask();
    if (now - this.#heardAt >= SILENCE_MS) this.#tell(false);
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const packets = await this.#options.packetsReceived().catch(() => null);
    this.#asking = false;
    if (packets === null) return;
    if (this.#packets !== null && packets > this.#packets) {
      this.#heardAt = this.#options.clock.now();
      this.#tell(true);
    }
    this.#packets = packets;
  }

  #tell(alive: boolean): void {
    if (this.#stopped || alive === this.#alive) return;
    this.#alive = alive;
    this.#options.onChange(alive);
  }
}
