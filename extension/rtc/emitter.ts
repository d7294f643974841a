/** Typed events of one object. A listener goes by its signal, or with {@link Emitter.clear}. */
export class Emitter<Events extends object> {
  readonly #listeners: { [K in keyof Events]?: Set<(event: Events[K]) => void> } = {};

  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void, signal?: AbortSignal): void {
    if (signal?.aborted) return;
    const listeners = (this.#listeners[name] ??= new Set());
    listeners.add(listener);
    signal?.addEventListener('abort', () => listeners.delete(listener), { once: true });
  }

  emit<K extends keyof Events>(name: K, event: Events[K]): void {
    // A copy: a listener may remove itself, or all of them.
    for (const listener of [...(this.#listeners[name] ?? [])]) listener(event);
  }

  clear(): void {
    for (const name in this.#listeners) this.#listeners[name]?.clear();
  }
}
