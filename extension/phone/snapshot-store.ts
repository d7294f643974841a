import type { SnapshotSource } from '../ipc/publishing.ts';
import { SLICE_NAMES, type Snapshot } from '../ipc/slices.ts';

type Listener = (changed: Partial<Snapshot>) => void;

/**
 * What the phone shows. A slice is immutable: a new object means a change. Changes of one turn are
 * told together, and a listener hears only of slices that differ from what it heard before.
 */
export class SnapshotStore implements SnapshotSource {
  #current: Snapshot;
  #told: Snapshot;
  #scheduled = false;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<Listener>();

  constructor(first: Snapshot) {
    this.#current = first;
    this.#told = first;
  }

  get current(): Snapshot {
    return this.#current;
  }

  subscribe(listener: Listener): void {
    this.#listeners.add(listener);
  }

  update(slices: Partial<Snapshot>): void {
    this.#current = { ...this.#current, ...slices };
    if (this.#scheduled || this.#quiet !== undefined) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#tell();
    });
  }

  /**
   * Tells nothing for so many milliseconds, then what has changed meanwhile. Every page of the
   * extension draws on the thread that the phone runs on: for a moment, something may matter more.
   */
  quiet(ms: number): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.#quiet = undefined;
      this.#tell();
    }, ms);
  }

  #tell(): void {
    this.#scheduled = false;
    if (this.#quiet !== undefined) return;
    const before = this.#told;
    const now = this.#current;
    this.#told = now;
    const changed = Object.fromEntries(
      SLICE_NAMES.filter((slice) => before[slice] !== now[slice]).map((slice) => [slice, now[slice]]),
    );
    if (Object.keys(changed).length === 0) return;
    for (const listener of this.#listeners) listener(changed);
  }
}
