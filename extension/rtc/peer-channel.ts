import { DATA_CHANNEL, peerMessageSchema, type PeerMessage } from '../../protocol/calls/data-channel.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { Clock } from './clock.ts';
import { FloodGate } from './flood-gate.ts';
import type { PeerEvents } from './peer-types.ts';

const HEARTBEAT_MS = 1_000;
/** Above so many buffered bytes no heartbeat is sent, so that they do not pile up while the path is cut. */
const HEARTBEAT_BACKLOG = 1_024;

/** What a channel needs, and whom it tells. */
export interface PeerChannelOptions {
  connection: Pick<RTCPeerConnection, 'createDataChannel'>;
  clock: Clock;
  onMessage: (message: PeerMessage) => void;
  /** The other side sent too much for too long, and is not heard any more. */
  onFlood: (dropped: number) => void;
  signal: AbortSignal;
}

const lengthOf = (data: unknown): number => {
  if (typeof data === 'string') return data.length;
  return data instanceof ArrayBuffer ? data.byteLength : 0;
};

const parse = (data: unknown): PeerMessage | null => {
  if (typeof data !== 'string' || data.length > LIMITS.eventBytes) return null;
  try {
    return peerMessageSchema.parse(JSON.parse(data));
  } catch {
    return null;
  }
};

/**
 * The data channel of a call: what the two phones tell each other directly. What does not fit the schema is
 * ignored, what is too much is dropped unread. The channel is closed for a side that goes on sending too much; the
 * call goes on, and hanging up then takes the server.
 */
export class PeerChannel {
  readonly #channel: RTCDataChannel;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #state: PeerEvents['remoteMedia'] | null = null;
  #resting = false;

  constructor({ connection, clock, onMessage, onFlood, signal }: PeerChannelOptions) {
    this.#clock = clock;
    this.#signal = signal;
    this.#channel = connection.createDataChannel(DATA_CHANNEL.label, {
      negotiated: true,
      id: DATA_CHANNEL.id,
    });
    this.#channel.binaryType = 'arraybuffer';
    const gate = new FloodGate(clock);
    const flooded = new AbortController();
    this.#channel.addEventListener(
      'open',
      () => {
        this.#tellState();
        this.#beat();
      },
      { signal },
    );
    this.#channel.addEventListener(
      'message',
      ({ data }: MessageEvent<unknown>) => {
        const admitted = gate.admit(lengthOf(data));
        if (admitted === 'close') {
          flooded.abort();
          this.#channel.close();
          onFlood(gate.dropped);
          return;
        }
        const message = admitted === 'take' ? parse(data) : null;
        if (message) onMessage(message);
      },
      { signal: AbortSignal.any([signal, flooded.signal]) },
    );
  }

  /** Tells what this side sends; remembered until the channel opens. */
  announce({ microphone, camera, screen }: PeerEvents['remoteMedia']): void {
    this.#state = { microphone, camera, screen };
    this.#tellState();
  }

  /** Tells whether the picture rests although the camera is on. */
  rest(resting: boolean): void {
    if (resting === this.#resting) return;
    this.#resting = resting;
    this.#tellState();
  }

  /** Sends if the channel is open and not stuck; returns whether it did. */
  send(message: PeerMessage): boolean {
    if (this.#channel.readyState !== 'open' || this.#channel.bufferedAmount > LIMITS.eventBytes) return false;
    try {
      this.#channel.send(JSON.stringify(message));
      return true;
    } catch {
      // The channel closed in between, or its buffer is full (W3C WebRTC, section 6.2). Hanging up must go on all
      // the same.
      return false;
    }
  }

  #tellState(): void {
    if (this.#state) this.send({ kind: 'state', ...this.#state, ...(this.#resting && { resting: true }) });
  }

  #beat(): void {
    if (this.#channel.bufferedAmount < HEARTBEAT_BACKLOG) this.send({ kind: 'heartbeat' });
    const cancel = this.#clock.after(HEARTBEAT_MS, () => {
      this.#signal.removeEventListener('abort', cancel);
      this.#beat();
    });
    this.#signal.addEventListener('abort', cancel, { once: true });
  }
}
