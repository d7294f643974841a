import { gathered } from './gathered.ts';
import { StreamError } from './stream-error.ts';

/** The time within which a view must answer and connect; otherwise it is gone. */
const CONNECTING_MS = 10_000;
/**
 * In bits per second. The picture does not leave the machine, so the limit allows the encoder's best quality.
 */
const BITRATE = 8_000_000;

/** The phone's end of one loopback connection: sends one picture to one view. */
export class LoopbackSource {
  readonly #connection = new RTCPeerConnection();
  readonly #sender: RTCRtpSender;
  readonly #onClose: () => void;
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(onClose: () => void) {
    this.#onClose = onClose;
    this.#timer = setTimeout(() => {
      this.close();
    }, CONNECTING_MS);
    const { sender } = this.#connection.addTransceiver('video', {
      direction: 'sendonly',
      sendEncodings: [{ maxBitrate: BITRATE }],
    });
    this.#sender = sender;
    this.#connection.addEventListener('connectionstatechange', () => {
      const { connectionState } = this.#connection;
      if (connectionState === 'connected') clearTimeout(this.#timer);
      // Within one machine a lost connection means that the other end is gone.
      if (connectionState === 'disconnected' || connectionState === 'failed') this.close();
    });
  }

  /** Sends this track from now on, or nothing. */
  show(track: MediaStreamTrack | null): void {
    // Rejects only if the connection was closed meanwhile.
    this.#sender.replaceTrack(track).catch(() => undefined);
  }

  async offer(): Promise<string> {
    await this.#connection.setLocalDescription();
    return gathered(this.#connection);
  }

  async answer(sdp: string): Promise<void> {
    try {
      await this.#connection.setRemoteDescription({ type: 'answer', sdp });
    } catch (cause) {
      throw new StreamError('refused', { cause });
    }
  }

  close(): void {
    if (this.#connection.signalingState === 'closed') return;
    clearTimeout(this.#timer);
    this.#connection.close();
    this.#onClose();
  }
}
