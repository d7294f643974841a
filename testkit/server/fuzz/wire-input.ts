import type { FrameOptions } from '../websocket-frame.ts';

/** Stands in a frame for what somebody who is signed in says of themselves. */
export const AUTH = '$auth';
/** Their CONNECT packet. */
export const HELLO = `40${AUTH}`;

/** Bytes, a character each; or a WebSocket frame. */
export type Piece = { kind: 'raw'; text: string } | { kind: 'frame'; payload: string; options: FrameOptions };

/** What is sent in one go. */
export interface Segment {
  pieces: Piece[];
  /**
   * What comes before the next: nothing; as many milliseconds; an answer, which may never come; an answer, which
   * always does; or all that somebody is told who is met.
   */
  then: number | 'perhaps' | 'answer' | 'ready';
}

/** One connection at the layers below events, from its opening to its end. */
export interface WireInput {
  door: 'main' | 'metrics';
  /** It begins with a websocket that is open. */
  upgraded: boolean;
  segments: Segment[];
  /** A TCP reset; our half is closed; both are; it is left open, and reset when everybody has forgotten it. */
  ending: 'reset' | 'half' | 'close' | 'linger';
}
