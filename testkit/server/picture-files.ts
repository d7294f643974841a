import { deflateSync, crc32 } from 'node:zlib';

interface Wish {
  width?: number;
  height?: number;
}

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};

/**
 * A grey PNG, complete up to a height of 512. `padding` makes the file larger, in bytes; `frames` makes it claim to
 * be animated.
 */
export const pngFile = ({
  width = 2,
  height = 2,
  padding = 0,
  grey = 128,
  frames = 0,
}: Wish & { padding?: number; grey?: number; frames?: number } = {}): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(Math.min(height, 512) * (width + 1), grey);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...(frames > 0 ? [chunk('acTL', Buffer.from([0, 0, 0, frames, 0, 0, 0, 0]))] : []),
    ...(padding > 0 ? [chunk('tEXt', Buffer.alloc(padding, 0x20))] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** The segments of a JPEG that tell its size, without a picture. */
export const jpegFile = ({ width = 2, height = 2 }: Wish = {}): Buffer => {
  const frame = Buffer.from('ffc0000b080000000001011100', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    frame,
    Buffer.from('ffda00080101000000003f00', 'hex'),
    Buffer.from('ffd9', 'hex'),
  ]);
};

const riff = (fourCc: string, data: Buffer): Buffer => {
  const file = Buffer.alloc(20 + data.length);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(12 + data.length, 4);
  file.write(`WEBP${fourCc}`, 8, 'latin1');
  file.writeUInt32LE(data.length, 16);
  file.set(data, 20);
  return file;
};

/** The header of a WebP, without a picture. */
export const webpFile = (
  kind: 'lossy' | 'lossless' | 'extended' | 'animated',
  { width = 2, height = 2 }: Wish = {},
): Buffer => {
  if (kind === 'lossy') {
    const data = Buffer.from('0000009d012a00000000', 'hex');
    data.writeUInt16LE(width, 6);
    data.writeUInt16LE(height, 8);
    return riff('VP8 ', data);
  }
  if (kind === 'lossless') {
    const data = Buffer.alloc(6);
    data.writeUInt8(0x2f, 0);
    data.writeUInt32LE(((height - 1) << 14) | (width - 1), 1);
    return riff('VP8L', data);
  }
  const data = Buffer.alloc(10);
  data.writeUInt8(kind === 'animated' ? 2 : 0, 0);
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return riff('VP8X', data);
};
