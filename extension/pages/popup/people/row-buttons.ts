/** The buttons of the list's rows, as the keyboard goes through them: rows by their position, columns within a row. */
export class RowButtons {
  readonly #list: () => HTMLElement | undefined;

  constructor(list: () => HTMLElement | undefined) {
    this.#list = list;
  }

  /** Which of its row's buttons has the focus; -1: none in the list. */
  get column(): number {
    const { activeElement } = document;
    const row = activeElement?.closest('[role="listitem"]');
    return [...(row?.querySelectorAll('button') ?? [])].findIndex((button) => button === activeElement);
  }

  /** Whether the focus is in the list. */
  get hasFocus(): boolean {
    return this.#list()?.contains(document.activeElement) === true;
  }

  /** Gives the focus to a drawn row's button, or to its last one when it has fewer. A column of -1 is none. */
  focus(index: number, column: number): void {
    const row = this.#list()?.querySelector(`[aria-posinset="${String(index + 1)}"]`);
    const buttons = [...(row?.querySelectorAll('button') ?? [])];
    buttons[Math.min(column, buttons.length - 1)]?.focus({ preventScroll: true });
  }
}
