import { browser } from '../../host/browser.ts';
import { t } from '../../ui/i18n/messages.ts';

/** A key combination that works in every tab; missing: not set. */
export interface BrowserShortcut {
  name: string;
  does: string;
  keys: string;
}

/** The shortcuts as the person has set them in the browser. */
export const shortcutList = async (): Promise<BrowserShortcut[]> => {
  const commands = await browser.commands.getAll();
  return commands.map(({ name = '', description = '', shortcut = '' }) => ({
    name,
    does: name === '_execute_action' ? t('shortcutOpen') : description,
    keys: shortcut,
  }));
};
