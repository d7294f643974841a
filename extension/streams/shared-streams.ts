import type { StreamName } from '../ipc/protocol.ts';
import { LoopbackSource } from './loopback-source.ts';
import { StreamError } from './stream-error.ts';
import { STREAMS_PROPERTY } from './streams-property.ts';

/**
 * The phone's side of the pictures: two streams that exist as long as the phone and whose tracks change. A
 * view takes them from the window object. If it cannot, it gets them over a loopback connection, whose sender
 * follows the track.
 */
export class SharedStreams {
  readonly #streams: Record<StreamName, MediaStream> = {
    local: new MediaStream(),
    remote: new MediaStream(),
  };
  readonly #loopbacks = new Map<string, { viewId: string; name: StreamName; source: LoopbackSource }>();

  /** Puts the streams on `scope`, once, when the phone starts. */
  constructor(scope: object = window) {
    Object.defineProperty(scope, STREAMS_PROPERTY, { value: this.#streams, configurable: true });
  }

  /** Shows a picture under a name in every view; null shows none. The track's owner still has to stop it. */
  show(name: StreamName, track: MediaStreamTrack | null): void {
    const stream = this.#streams[name];
    for (const old of stream.getTracks()) if (old !== track) stream.removeTrack(old);
    if (track) stream.addTrack(track);
    for (const loopback of this.#loopbacks.values()) if (loopback.name === name) loopback.source.show(track);
  }

  /**
   * For the command `loopback-offer`: resolves with a complete description. It closes an older connection of
   * the same view and name.
   */
  async loopbackOffer(viewId: string, name: StreamName): Promise<string> {
    const key = `${name} ${viewId}`;
    this.#loopbacks.get(key)?.source.close();
    const source = new LoopbackSource(() => {
      if (this.#loopbacks.get(key)?.source === source) this.#loopbacks.delete(key);
    });
    this.#loopbacks.set(key, { viewId, name, source });
    source.show(this.#streams[name].getTracks()[0] ?? null);
    return source.offer();
  }

  /**
   * For the command `loopback-answer`. Rejects with a {@link StreamError} if there is no such offer or the
   * answer is invalid.
   */
  async loopbackAnswer(viewId: string, name: StreamName, sdp: string): Promise<void> {
    const loopback = this.#loopbacks.get(`${name} ${viewId}`);
    if (!loopback) throw new StreamError('unknown-offer');
    await loopback.source.answer(sdp);
  }

  /**
   * Closes the loopback connections of a view that went away. Without this call they close soon after the
   * view's end has closed.
   */
  release(viewId: string): void {
    for (const loopback of [...this.#loopbacks.values()])
      if (loopback.viewId === viewId) loopback.source.close();
  }
}
