const PICTURE_URL = /^data:image\/(?:png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/;

/** The bytes of a picture that a page sends in a URL, because messages are JSON. Null: it is no picture. */
export const bytesOfDataUrl = (url: string): Uint8Array<ArrayBuffer> | null => {
  const base64 = PICTURE_URL.exec(url)?.[1];
  if (base64 === undefined) return null;
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
};

const SLICE = 0x8000;

/** A URL that holds a picture, for a page to show. */
export const dataUrlOf = (type: string, bytes: Uint8Array): string => {
  const letters: string[] = [];
  // A function takes only so many arguments.
  for (let at = 0; at < bytes.length; at += SLICE) {
    letters.push(String.fromCharCode(...bytes.subarray(at, at + SLICE)));
  }
  return `data:${type};base64,${btoa(letters.join(''))}`;
};
