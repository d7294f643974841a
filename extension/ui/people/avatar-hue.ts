/** How many avatar colours there are; `Avatar.svelte` has one for each. */
const HUES = 8;

/** The same colour for the same person on every device: FNV-1a over the id. */
export const avatarHue = (userId: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < userId.length; index += 1) {
    hash = Math.imul(hash ^ userId.charCodeAt(index), 0x01000193);
  }
  // The low bits alone would depend only on the last letters.
  return ((hash ^ (hash >>> 15)) >>> 0) % HUES;
};
