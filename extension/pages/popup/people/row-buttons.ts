/** The buttons in the list's rows, as a grid for the keyboard: rows by position, columns within a row. */
export class RowButtons {
  readonly #list: () => HTMLElement | undefined;

  constructor(list: () => HTMLElement | undefined) {
    this.#list = list;
  }

  /** The column of the focused button; -1: no button in the list has the focus. */
  get column(): number {
    const { activeElement } = document;
    const row = activeElement?.closest('[role="listitem"]');
    return [...(row?.querySelectorAll('button') ?? [])].findIndex((button) => button === activeElement);
  }

  /** Whether the focus is in the list. */
  get hasFocus(): boolean {
    return this.#list()?.contains(document.activeElement) === true;
  }

  /**
   * Focuses a button of a drawn row, or the row's last button if there are fewer. A column of -1 means none.
   */
  focus(index: number, column: number): void {
    const row = this.#list()?.querySelector(`[aria-posinset="${String(index + 1)}"]`);
    const buttons = [...(row?.querySelectorAll('button') ?? [])];
    buttons[Math.min(column, buttons.length - 1)]?.focus({ preventScroll: true });
  }
}
