import type { Person } from './person.ts';

/** What the toolbar's icon shows. */
export const badge = (person: Person): Promise<string> =>
  person.popup.evaluate(() => chrome.action.getBadgeText({}));
