/** How a frame may differ from a whole, masked text. */
export interface FrameOptions {
  /** 0: continuation, 1: text, 2: binary, 8: close, 9: ping, 10: pong; the others are reserved. */
  opcode?: number;
  /** False: more fragments follow. */
  fin?: boolean;
  /** The three reserved bits. */
  rsv?: number;
  /** A client that sends false breaks RFC 6455. */
  masked?: boolean;
  /** The length that the header claims, if it differs from the payload's. */
  claims?: number;
}

const lengthBytes = (length: number): number[] => {
  if (length < 126) return [length];
  if (length < 65_536) return [126, length >> 8, length & 255];
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(BigInt(length));
  return [127, ...long];
};

/** A WebSocket frame as it is on the wire (RFC 6455, 5.2). The mask is zero, so that the payload can be read. */
export const websocketFrame = (payload: string | Uint8Array, options: FrameOptions = {}): Buffer => {
  const { opcode = 1, fin = true, rsv = 0, masked = true } = options;
  const bytes = Buffer.from(payload);
  const [first = 0, ...more] = lengthBytes(options.claims ?? bytes.length);
  const head = [(fin ? 128 : 0) | (rsv << 4) | opcode, (masked ? 128 : 0) | first, ...more];
  return Buffer.concat([Buffer.from(head), masked ? Buffer.alloc(4) : Buffer.alloc(0), bytes]);
};
