import { AT_START, SLICES, slicesOf, type Snapshot, type View } from '../../ipc/slices.ts';

/** One slice. Its readers are notified of its own changes only. */
class Shown {
  value = $state.raw<unknown>();

  constructor(initial: unknown) {
    this.value = initial;
  }
}

/** The slices that a page shows, as last received from the phone. */
export class ShownSlices {
  readonly #shown: ReadonlyMap<string, Shown>;
  #heard = $state(false);
  /** The current slices. Reading a slice that the page does not show is a mistake, and throws. */
  readonly snapshot: Readonly<Snapshot>;

  constructor(view: View) {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never changed: the slices in it are
    const shown = new Map<string, Shown>(
      slicesOf(view).map((name) => [name, new Shown(SLICES[name].initial)]),
    );
    this.#shown = shown;
    this.snapshot = new Proxy(AT_START, {
      get(_initial, name) {
        // Not a slice, but a property that tools read from any object.
        if (typeof name === 'symbol') return undefined;
        const slice = shown.get(name);
        if (!slice) throw new Error(`SLICES says that ${view} does not show ${name}`);
        return slice.value;
      },
    });
  }

  /** Whether the phone has sent anything yet. */
  get heard(): boolean {
    return this.#heard;
  }

  /** Replaces the slices that arrived. */
  show(slices: Partial<Snapshot>): void {
    this.#heard = true;
    for (const [name, value] of Object.entries(slices)) {
      const slice = this.#shown.get(name);
      if (slice) slice.value = value;
    }
  }
}
