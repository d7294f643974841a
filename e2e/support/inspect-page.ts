import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { unreachableControls } from './unreachable-controls.ts';

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

/**
 * Smaller windows, in which every control must still be reached: as a person drags them, and as zoom makes them. The
 * popup has 480, 400 and 300 pixels of height at 125, 150 and 200 %.
 */
const SMALLER = {
  popup: [
    [360, 480],
    [360, 400],
    [360, 300],
    [240, 180],
  ],
  window: [
    [800, 600],
    [560, 460],
    [500, 680],
    [400, 300],
    [320, 568],
    [240, 180],
  ],
  tab: [
    [640, 450],
    [320, 240],
    [240, 180],
  ],
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

/**
 * A picture of this state in light and in dark for people to look at, axe's judgement on both, and every control in
 * reach in smaller windows.
 */
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
  const unreachable = await unreachableControls(page, SMALLER[as]);
  await page.setViewportSize(SIZES[as]);
  expect.soft(unreachable, `controls out of reach in ${state}`).toEqual([]);
};
