import type { Page } from '@playwright/test';

/** Width and height in CSS pixels. A page at 200 % zoom is laid out as one of half the size. */
type Size = readonly [width: number, height: number];

/** Milliseconds in which a busy page has been laid out at a new size. */
const LAYOUT_MS = 5_000;

/** Runs in the page. */
const findUnreachable = (): string[] => {
  const CONTROLS =
    'button, a[href], input, select, textarea, summary, [role="button"], [role="switch"], [role="menuitem"]';

  /** The layer in front of everything else, the only one that a person can press. */
  const foremost = (): Element =>
    [...document.querySelectorAll('dialog:modal, :popover-open, [aria-modal="true"]')].at(-1) ??
    document.documentElement;

  /** A control without a size is drawn by its label. */
  const drawnBy = (control: Element): Element =>
    control instanceof HTMLInputElement && control.getBoundingClientRect().width <= 1
      ? (control.labels?.[0] ?? control)
      : control;

  const describe = (element: Element | null): string =>
    element === null
      ? 'nothing'
      : `${element.localName} “${element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)}”`;

  /** Scrolls as a person can: an element that only clips its content does not scroll. */
  const bringIntoView = (element: Element, block: ScrollLogicalPosition): void => {
    element.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' });
    for (let box = element.parentElement; box; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      if (overflowX === 'hidden') box.scrollLeft = 0;
      if (overflowY === 'hidden') box.scrollTop = 0;
    }
  };

  const problemOf = (control: Element): string | null => {
    const drawn = drawnBy(control);
    // A link over several lines is pressed on its first one.
    const lines = drawn.getClientRects().length;
    bringIntoView(drawn, lines > 1 ? 'start' : 'nearest');
    const { left, top, right, bottom } = drawn.getClientRects()[0] ?? drawn.getBoundingClientRect();
    const at = [left, top, right, bottom].map(Math.round).join(', ');
    // A fraction of a pixel is rounding.
    const inside = left > -1 && top > -1 && right < innerWidth + 1 && bottom < innerHeight + 1;
    if (!inside) return `${describe(control)} at ${at} is partly outside`;
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return hit && (drawn.contains(hit) || control.contains(hit))
      ? null
      : `${describe(control)} at ${at} is under ${describe(hit)}`;
  };

  const places = [...document.querySelectorAll('*')].map((element) => {
    const { scrollLeft: left, scrollTop: top } = element;
    return { element, left, top };
  });
  const problems = [...foremost().querySelectorAll(CONTROLS)]
    .filter(
      (control) =>
        !control.matches(':disabled, [tabindex="-1"]:not(button)') &&
        control.closest('[inert]') === null &&
        drawnBy(control).checkVisibility({ visibilityProperty: true, opacityProperty: true }),
    )
    .flatMap((control) => problemOf(control) ?? []);
  // A virtual list takes no pointer while it is scrolled, and hears of this scrolling only if it ends at another place.
  for (const { element, left, top } of places) {
    if (element.scrollLeft !== left || element.scrollTop !== top) {
      element.scrollTo({ left, top, behavior: 'instant' });
    }
  }
  return problems;
};

/**
 * Every enabled control that is partly outside the window or under something else, at each of these sizes. A page with
 * such controls is looked at until `patienceMs` are over.
 */
export const unreachableControls = async (
  page: Page,
  sizes: readonly Size[],
  patienceMs = LAYOUT_MS,
): Promise<string[]> => {
  const found: string[] = [];
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await page.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height] as const);
    // A busy page has its new size before its new layout.
    const patience = AbortSignal.timeout(patienceMs);
    let problems: string[];
    do problems = await page.evaluate(findUnreachable);
    while (problems.length > 0 && !patience.aborted);
    found.push(...problems.map((problem) => `${String(width)}×${String(height)}: ${problem}`));
  }
  return found;
};
