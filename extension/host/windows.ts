import { browser } from './browser.ts';
import { PAGES } from './pages.ts';
import { rememberedBounds } from './window-bounds.ts';

const DEFAULT_SIZE = { width: 960, height: 680 } as const;

const focusExisting = async (): Promise<boolean> => {
  // Needs no permission, unlike a query for tabs by their address.
  const [context] = await chrome.runtime.getContexts({
    contextTypes: ['TAB'],
    documentUrls: [chrome.runtime.getURL(PAGES.callWindow)],
  });
  if (!context || context.windowId < 0) return false;
  await browser.windows.update(context.windowId, { focused: true, drawAttention: true });
  return true;
};

const create = async (): Promise<void> => {
  const window = { url: PAGES.callWindow, type: 'popup', focused: true } as const;
  const bounds = await rememberedBounds();
  try {
    await browser.windows.create({ ...window, ...(bounds ?? DEFAULT_SIZE) });
  } catch {
    // The screen it was on is gone.
    await browser.windows.create({ ...window, ...DEFAULT_SIZE });
  }
};

let opening: Promise<void> | null = null;

/** Brings the one call window to the front, opening it if need be. */
export const openCallWindow = (): Promise<void> => {
  opening ??= focusExisting()
    .then((found) => (found ? undefined : create()))
    .finally(() => {
      opening = null;
    });
  return opening;
};

/** Opens the page that tries whether this phone would ring, in a tab. */
export const openSelfTestPage = async (): Promise<void> => {
  await browser.tabs.create({ url: browser.runtime.getURL(PAGES.selfTest) });
};

const POPUP_SIZE = { width: 376, height: 580 } as const;

const openPopupAt = async (url: string): Promise<void> => {
  try {
    await browser.action.openPopup();
  } catch {
    await browser.windows.create({ url, type: 'popup', focused: true, ...POPUP_SIZE });
  }
};

/** Opens the toolbar's popup, or where the browser has no toolbar in front, the same page in a window. */
export const openPopup = (): Promise<void> => openPopupAt(PAGES.popup);

/** Opens the popup with the history in front. */
export const openHistory = async (): Promise<void> => {
  // What follows `#` chooses what the popup shows first, and does nothing else.
  const page = `${PAGES.popup}#history`;
  await browser.action.setPopup({ popup: browser.runtime.getURL(page) });
  try {
    await openPopupAt(page);
  } finally {
    // The next click on the icon opens the popup as ever.
    await browser.action.setPopup({ popup: browser.runtime.getURL(PAGES.popup) });
  }
};

/** Opens the settings at the list of devices, in a tab of its own: an open one may show what was before. */
export const openDevices = async (): Promise<void> => {
  await browser.tabs.create({ url: `${browser.runtime.getURL(PAGES.settings)}#devices` });
};

/** Opens the page that sets this phone up, in a tab: capture permissions can be asked for there. */
export const openWelcomePage = async (): Promise<void> => {
  await browser.tabs.create({ url: browser.runtime.getURL(PAGES.welcome) });
};
