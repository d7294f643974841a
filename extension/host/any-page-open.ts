/** Whether a page of this extension is open, in a tab, a window of its own, or the toolbar's popup. */
export const anyPageOpen = async (): Promise<boolean> => {
  // Needs no permission, unlike a query for tabs by their address.
  const open = await chrome.runtime.getContexts({ contextTypes: ['TAB', 'POPUP'] });
  return open.length > 0;
};
