/**
 * The windows of this extension's documents. Chrome's documentation does not say that offscreen documents are among
 * them; they are. The polyfill has no such call.
 */
export const ownWindows = (): object[] => ('extension' in chrome ? chrome.extension.getViews() : []);
