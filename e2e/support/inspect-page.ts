import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../artifacts/screenshots', import.meta.url));

/** What each page is made for; the popup is as large as its content. */
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

/** A picture of this state in light and in dark for people to look at, and axe's judgement on both. */
export const inspectPage = async (page: Page, { state, as }: Options): Promise<void> => {
  await mkdir(FOLDER, { recursive: true });
  await page.setViewportSize(SIZES[as]);
  // A page behind others does not draw.
  await page.bringToFront();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours change by transitions: what is judged is where they lead.
    await page.evaluate(async () => {
      const transitions = document.getAnimations().filter((it) => it instanceof CSSTransition);
      await Promise.allSettled(transitions.map(({ finished }) => finished));
    });
    await page.screenshot({ animations: 'disabled', path: `${FOLDER}/${state}-${colorScheme}.png` });
    // Legacy mode stays in this page: the other way opens a blank one for the result.
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    // Nothing but the colours differs in the dark.
    if (colorScheme === 'dark') axe.withRules('color-contrast');
    const { violations } = await axe.analyze();
    const findings = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect.soft(findings, `axe on ${state}, ${colorScheme}`).toEqual([]);
  }
};
