import fc from 'fast-check';
import type { FrameOptions } from '../websocket-frame.ts';
import type { Piece } from './wire-input.ts';

/** Raw bytes, one per character. */
export const raw = (text: string): Piece => ({ kind: 'raw', text });
/** A WebSocket frame; without options it is a whole text. */
export const frame = (payload: string, options: FrameOptions = {}): Piece => ({
  kind: 'frame',
  payload,
  options,
});

/** Bytes that mean nothing. */
export const noise = fc
  .uint8Array({ minLength: 1, maxLength: 60 })
  .map((bytes) => raw(Buffer.from(bytes).toString('latin1')));

/** One piece as a list, for callers that expect a list. */
export const onePiece = (piece: fc.Arbitrary<Piece>): fc.Arbitrary<Piece[]> => piece.map((one) => [one]);
