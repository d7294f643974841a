/** How long a page shows that something was copied, in milliseconds. */
const SAID_FOR = 4000;

/** Copies a text to the clipboard, and shows that for a while. */
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
