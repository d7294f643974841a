import { AT_START, SLICES, slicesOf, type Snapshot, type View } from '../../ipc/slices.ts';

/** One slice: whoever reads it is told when it changes, and not of others. */
class Shown {
  value = $state.raw<unknown>();

  constructor(initial: unknown) {
    this.value = initial;
  }
}

/** The slices that a page shows, as the phone told them last. */
export class ShownSlices {
  readonly #shown: ReadonlyMap<string, Shown>;
  #heard = $state(false);
  /** As they are now. To read one that the page does not show is a mistake, and fails. */
  readonly snapshot: Readonly<Snapshot>;

  constructor(view: View) {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never changed: the slices in it are
    const shown = new Map<string, Shown>(
      slicesOf(view).map((name) => [name, new Shown(SLICES[name].initial)]),
    );
    this.#shown = shown;
    this.snapshot = new Proxy(AT_START, {
      get(_initial, name) {
        // Not a slice, but what tools ask of any object.
        if (typeof name === 'symbol') return undefined;
        const slice = shown.get(name);
        if (!slice) throw new Error(`SLICES says that ${view} does not show ${name}`);
        return slice.value;
      },
    });
  }

  /** Whether the phone has told anything yet. */
  get heard(): boolean {
    return this.#heard;
  }

  /** Replaces the slices that came. */
  show(slices: Partial<Snapshot>): void {
    this.#heard = true;
    for (const [name, value] of Object.entries(slices)) {
      const slice = this.#shown.get(name);
      if (slice) slice.value = value;
    }
  }
}
