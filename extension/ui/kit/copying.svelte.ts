/** Milliseconds for which a page says that something was copied. */
const SAID_FOR = 4000;

/** Puts a text on the clipboard and tells for a while that it is there. */
export class Copying {
  #done = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #text: () => Promise<string | null>;

  constructor(text: () => Promise<string | null>) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#done;
  }

  async copy(): Promise<void> {
    const text = await this.#text();
    if (text === null) return;
    await navigator.clipboard.writeText(text);
    clearTimeout(this.#timer);
    this.#done = true;
    this.#timer = setTimeout(() => {
      this.#done = false;
    }, SAID_FOR);
  }
}
