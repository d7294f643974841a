/** What a key does in the call window. */
export type Shortcut = 'microphone' | 'camera' | 'hang-up';

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'>;

/**
 * M mutes, and V turns the camera off and on. Hanging up needs Shift, because it cannot be undone. Letters
 * follow the keyboard's layout, or a US keyboard while an input method is on.
 */
export const shortcutOf = (event: Key): Shortcut | null => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return null;
  const letter = event.key === 'Process' ? event.code.replace(/^Key/, '') : event.key;
  switch (`${event.shiftKey ? 'Shift+' : ''}${letter.toUpperCase()}`) {
    case 'M':
      return 'microphone';
    case 'V':
      return 'camera';
    case 'Shift+H':
      return 'hang-up';
    default:
      return null;
  }
};
