import { expect, type Locator, type Page } from '@playwright/test';

const MOST = 80;

/** Moves on with Tab until this has the focus, as somebody without a mouse does, and expects to see where it is. */
export const tabTo = async (page: Page, target: Locator): Promise<void> => {
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed < MOST; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      const marked = await target.evaluate((element) => {
        // A radio button or switch may be drawn by an element beside it.
        const drawn = [element, element.nextElementSibling, element.parentElement];
        return drawn.some((it) => {
          if (!it) return false;
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(it);
          return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
        });
      });
      expect(marked, `a visible mark of the focus on ${target.toString()}`).toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(MOST)} times Tab did not reach ${target.toString()}`);
};

/** Reaches a control with Tab and presses it. */
export const pressByKeyboard = async (page: Page, target: Locator, key = 'Enter'): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press(key);
};
