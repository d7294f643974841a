import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PICTURE_TYPES } from '../../protocol/people/picture.ts';
import { jpegFile, pngFile, webpFile } from '../../testkit/server/picture-files.ts';
import { pictureSize } from './picture-size.ts';

const size = { width: 256, height: 200 };

const FILES = [
  ['image/png', 'PNG', pngFile(size)],
  ['image/jpeg', 'JPEG', jpegFile(size)],
  ['image/webp', 'lossy WebP', webpFile('lossy', size)],
  ['image/webp', 'lossless WebP', webpFile('lossless', size)],
  ['image/webp', 'extended WebP', webpFile('extended', size)],
] as const;

describe('the size of a picture', () => {
  it.each(FILES)('of %s is read: %s', (type, _name, file) => {
    expect(pictureSize(type, file)).toEqual(size);
  });

  it.each(FILES)('of %s is none when something follows or the end is missing: %s', (type, _name, file) => {
    expect(pictureSize(type, Buffer.concat([file, Buffer.from('PK\u0003\u0004 and a zip')]))).toBeNull();
    expect(pictureSize(type, file.subarray(0, -1))).toBeNull();
  });

  it('is none for a picture that moves', () => {
    expect(pictureSize('image/webp', webpFile('animated', size))).toBeNull();
    expect(pictureSize('image/png', pngFile({ ...size, frames: 2 }))).toBeNull();
  });

  it('is asked of any bytes without harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(...FILES), (noise, [type, , file]) => {
        for (const each of PICTURE_TYPES) pictureSize(each, noise);
        const broken = Buffer.from(file);
        broken.set(
          noise.subarray(0, broken.length),
          broken.length >> 1 > noise.length ? broken.length >> 1 : 0,
        );
        const read = pictureSize(type, broken);
        expect(read === null || Number.isInteger(read.width)).toBe(true);
      }),
    );
  });
});
