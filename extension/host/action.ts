import { browser } from './browser.ts';

/** What the toolbar's icon shows. */
export interface Badge {
  text: string;
  /** A CSS colour. */
  colour: string;
  /** Tooltip and accessible name. */
  title: string;
}

export const showBadge = async ({ text, colour, title }: Badge): Promise<void> => {
  await Promise.all([
    browser.action.setBadgeText({ text }),
    browser.action.setBadgeBackgroundColor({ color: colour }),
    browser.action.setBadgeTextColor({ color: '#ffffff' }),
    browser.action.setTitle({ title }),
  ]);
};
