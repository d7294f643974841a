import { LIMITS } from '../../../../protocol/limits.ts';
import { squareCrop } from './square-crop.ts';

/** Qualities to try in this order until the file is small enough; the first nearly always suffices. */
const QUALITIES = [0.9, 0.7, 0.5, 0.3] as const;

const sizeOf = (dataUrl: string): number => {
  const base64 = dataUrl.slice(dataUrl.indexOf(',') + 1);
  return (base64.length * 3) / 4 - (/=+$/.exec(base64)?.[0].length ?? 0);
};

/**
 * Turns a chosen file into a picture for the server: the square middle, scaled to the shown size and
 * re-encoded. Other data in the file, such as where the photograph was taken, is dropped. Null if the browser
 * cannot draw the file.
 */
export const preparePicture = async (file: Blob): Promise<string | null> => {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return null;
  const canvas = document.createElement('canvas');
  canvas.width = LIMITS.pictureSide;
  canvas.height = LIMITS.pictureSide;
  const context = canvas.getContext('2d');
  if (!context) return null;
  const { left, top, side } = squareCrop(bitmap);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, left, top, side, side, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  for (const quality of QUALITIES) {
    const url = canvas.toDataURL('image/webp', quality);
    if (sizeOf(url) <= LIMITS.pictureBytes) return url;
  }
  return null;
};
