import type { PictureType } from '../../protocol/people/picture.ts';

/** In pixels. */
interface Size {
  width: number;
  height: number;
}

const ascii = (bytes: Buffer, start: number, length: number): string =>
  bytes.toString('latin1', start, start + length);

/** Where chunks begin in a PNG: after its signature. */
const PNG_CHUNKS = 8;
/** The end of every PNG: an empty IEND chunk and its checksum. */
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');

/** PNG (W3C), 5.3 and 11.3.5.1: a picture moves if `acTL` comes before the first data. */
const isMovingPng = (bytes: Buffer): boolean => {
  let at = PNG_CHUNKS;
  for (;;) {
    const type = ascii(bytes, at + 4, 4);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
    // Length, type and checksum around the data; past the end, reading throws.
    at += 12 + bytes.readUInt32BE(at);
  }
};

// PNG (W3C), 5.3 and 11.2.1: the header is the first chunk.
const pngSize = (bytes: Buffer): Size | null => {
  if (ascii(bytes, 12, 4) !== 'IHDR' || !bytes.subarray(-PNG_END.length).equals(PNG_END)) return null;
  if (isMovingPng(bytes)) return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
};

/** Start of frame, baseline to lossless: C0–CF but for tables (C4), extensions (C8) and arithmetic coding (CC). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

// JPEG (ITU-T T.81), B.1.1 and B.2.2: segments with their length, the frame's among them, before the first scan.
const jpegSize = (bytes: Buffer): Size | null => {
  if (bytes.readUInt16BE(bytes.length - 2) !== 0xffd9) return null;
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    if (isFrame(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
};

const ANIMATED = 0x02;

// WebP (RFC 9649), 2.4–2.7: RIFF's length is that of all; the first chunk tells lossy, lossless or extended.
const webpSize = (bytes: Buffer): Size | null => {
  if (bytes.readUInt32LE(4) !== bytes.length - 8) return null;
  switch (ascii(bytes, 12, 4)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      if ((bytes.readUInt8(20) & ANIMATED) !== 0) return null;
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return null;
  }
};

const READERS: Readonly<Record<PictureType, (bytes: Buffer) => Size | null>> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
};

/**
 * How large a picture says it is, without decoding it: 64 KiB can claim to be gigabytes of pixels. Null when it is
 * cut off, moves, or something else follows it, as in a file that is two things at once.
 */
export const pictureSize = (type: PictureType, picture: Uint8Array): Size | null => {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  try {
    return READERS[type](bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};
