import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

declare global {
  interface Window {
    /** Present once axe was loaded into the page. */
    axe?: typeof axe;
  }
}

const FOLDER = fileURLToPath(new URL('../../artifacts/screenshots', import.meta.url));

/** The viewport for which each page is made; the popup is as large as its content. */
const SIZES = {
  popup: { width: 360, height: 540 },
  window: { width: 960, height: 680 },
  tab: { width: 1280, height: 900 },
} as const;

interface Options {
  /** Names the screenshots. */
  state: string;
  as: keyof typeof SIZES;
}

/**
 * What axe finds wrong in a page, by all of its rules or those named. It runs in the page and answers violations alone:
 * its own package for Playwright loads it anew each time and carries every check that passed out of the page, which
 * took four times as long.
 */
const violationsIn = async (page: Page, rules?: string[]): Promise<string[]> => {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source);
  return page.evaluate(async (named) => {
    if (!window.axe) throw new Error('The page has been loaded anew.');
    const { violations } = await window.axe.run({
      resultTypes: ['violations'],
      ...(named && { runOnly: named }),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, rules);
};

/** A picture of this state in light and in dark for people to look at, and axe's judgement on both. */
export const inspectPage = async (page: Page, { state, as }: Options): Promise<void> => {
  await mkdir(FOLDER, { recursive: true });
  await page.setViewportSize(SIZES[as]);
  // A page behind others does not draw.
  await page.bringToFront();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours change by transitions; axe judges their final values.
    await page.evaluate(async () => {
      const transitions = document.getAnimations().filter((it) => it instanceof CSSTransition);
      await Promise.allSettled(transitions.map(({ finished }) => finished));
    });
    await page.screenshot({ animations: 'disabled', path: `${FOLDER}/${state}-${colorScheme}.png` });
    // The dark theme differs in its colours only.
    const findings = await violationsIn(page, colorScheme === 'dark' ? ['color-contrast'] : undefined);
    expect.soft(findings, `axe on ${state}, ${colorScheme}`).toEqual([]);
  }
};
