import type { Attachment } from 'svelte/attachments';

/** The main part has the focus where nothing better does. */
const isLost = (): boolean => document.activeElement?.matches('body, main') ?? true;

/** Whether the person may be typing, so that the next keys belong to a text field. */
export const isTyping = (): boolean =>
  document.activeElement?.matches('textarea, input:not([type="radio"], [type="checkbox"], [type="range"])') ??
  false;

/**
 * For `{@attach}` on what replaces a part of the page: takes the focus if it was in that part, so that a keyboard user
 * goes on from here. Something focusable only by script does nothing on a key that was meant for a button before it.
 */
export const takeLostFocus: Attachment<HTMLElement> = (node) => {
  if (isLost()) node.focus();
};

/**
 * For `{@attach}` on what comes up by itself: takes the focus, unless the person is typing, and gives it back when it
 * goes.
 */
export const borrowFocus: Attachment<HTMLElement> = (node) => {
  const before = document.activeElement;
  if (!isTyping()) node.focus();
  return () => {
    if (!isLost() && !node.contains(document.activeElement)) return;
    if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
    else document.querySelector('main')?.focus();
  };
};
