import { fileTypeFromBuffer } from 'file-type';
import { LIMITS } from '../../protocol/limits.ts';
import { PICTURE_TYPES, type PictureType } from '../../protocol/picture.ts';
import { Refused } from '../refused.ts';
import { pictureSize } from './picture-size.ts';

/**
 * What a picture is, by its bytes.
 * @throws Refused `not-a-picture` for anything but a still PNG, JPEG or WebP that ends where it says, and is no
 * larger than phones make them.
 */
export const checkPicture = async (bytes: Uint8Array): Promise<PictureType> => {
  const found = await fileTypeFromBuffer(bytes);
  const type = PICTURE_TYPES.find((known) => known === found?.mime);
  const size = type && pictureSize(type, bytes);
  if (!type || !size) throw new Refused('not-a-picture');
  const longest = Math.max(size.width, size.height);
  if (longest > LIMITS.pictureSide || Math.min(size.width, size.height) < 1)
    throw new Refused('not-a-picture');
  return type;
};
