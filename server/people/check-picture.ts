import { LIMITS } from '../../protocol/limits.ts';
import { PICTURE_TYPES, type PictureType } from '../../protocol/people/picture.ts';
import { Refused } from '../refused.ts';
import { pictureSize } from './picture-size.ts';

/** What stands where at the beginning of a file of each type; read as Latin-1, a character a byte. */
const BEGINNINGS: Readonly<Record<PictureType, readonly (readonly [at: number, text: string])[]>> = {
  'image/png': [[0, '\u0089PNG\r\n\u001a\n']],
  'image/jpeg': [[0, '\u00ff\u00d8\u00ff']],
  'image/webp': [
    [0, 'RIFF'],
    [8, 'WEBP'],
  ],
};
const LONGEST_BEGINNING = 12;

/**
 * The type of a picture, by its bytes.
 * @throws Refused `not-a-picture` for anything but a still PNG, JPEG or WebP that ends where it says, and is no
 * larger than phones make them.
 */
export const checkPicture = (bytes: Uint8Array): PictureType => {
  const beginning = Buffer.from(bytes.subarray(0, LONGEST_BEGINNING)).toString('latin1');
  const type = PICTURE_TYPES.find((known) =>
    BEGINNINGS[known].every(([at, text]) => beginning.startsWith(text, at)),
  );
  const size = type && pictureSize(type, bytes);
  if (!type || !size) throw new Refused('not-a-picture');
  const longest = Math.max(size.width, size.height);
  if (longest > LIMITS.pictureSide || Math.min(size.width, size.height) < 1)
    throw new Refused('not-a-picture');
  return type;
};
