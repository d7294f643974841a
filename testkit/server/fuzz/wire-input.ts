import type { FrameOptions } from '../websocket-frame.ts';

/** A placeholder in a frame for the credentials of a signed-in person. */
export const AUTH = '$auth';
/** Their CONNECT packet. */
export const HELLO = `40${AUTH}`;

/** Bytes, one per character, or a WebSocket frame. */
export type Piece = { kind: 'raw'; text: string } | { kind: 'frame'; payload: string; options: FrameOptions };

/** One segment: what is sent in a single write. */
export interface Segment {
  pieces: Piece[];
  /**
   * What to wait for before the next segment: nothing; a number of milliseconds; an answer that may never come; an
   * answer that always comes; or the whole greeting of a signed-in person.
   */
  then: number | 'perhaps' | 'answer' | 'ready';
}

/** One connection at the layers below events, from its opening to its end. */
export interface WireInput {
  door: 'main' | 'metrics';
  /** Whether it begins with an open websocket. */
  upgraded: boolean;
  segments: Segment[];
  /** How it ends: by a TCP reset; by closing our half, or both; or it is left open, and reset much later. */
  ending: 'reset' | 'half' | 'close' | 'linger';
}
