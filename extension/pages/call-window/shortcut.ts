/** What a key does in the call window. */
export type Shortcut = 'microphone' | 'camera' | 'hang-up';

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'>;

/**
 * Whether the key says by itself what it is. A letter of another script does not, nor does any while an input method
 * is on; punctuation does, which Latin layouts have where a US keyboard has letters.
 */
const hasOwnLetter = ({ key }: Key): boolean =>
  key !== 'Process' && (/^\p{Script=Latin}/u.test(key) || !/^[\p{L}\p{M}]/u.test(key));

/**
 * M mutes, and V turns the camera off and on. Hanging up needs Shift, because it cannot be undone. Latin letters
 * follow the keyboard's layout; keys of other scripts count by their place, as on a US keyboard.
 */
export const shortcutOf = (event: Key): Shortcut | null => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return null;
  const letter = hasOwnLetter(event) ? event.key : event.code.replace(/^Key/, '');
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
