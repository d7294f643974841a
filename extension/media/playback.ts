/**
 * Plays the other side's sound. Through an element and never through WebAudio:
 * echo cancellation knows only what elements play.
 */
export class Playback {
  readonly #element = new Audio();
  #deviceId = '';

  /** Plays the sound tracks that `stream` has now, in place of what played before. */
  play(stream: MediaStream): void {
    // Sound only: with a picture in it an element may wait for the first frame, which an audio call never gets.
    this.#element.srcObject = new MediaStream(stream.getAudioTracks());
    // Rejected only when `stop` or another `play` comes before the first sound; nothing is lost then.
    this.#element.play().catch(() => undefined);
  }

  /** Plays over this device from now on, also what plays already. `''`: over the system's default. */
  useDevice(deviceId: string): void {
    if (deviceId === this.#deviceId) return;
    this.#deviceId = deviceId;
    this.#element.setSinkId(deviceId).catch(() => {
      // Unplugged in this very moment: heard elsewhere is better than not heard.
      if (this.#deviceId === deviceId) this.useDevice('');
    });
  }

  stop(): void {
    this.#element.pause();
    this.#element.srcObject = null;
  }
}
