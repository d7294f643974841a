import type { Playback } from '../../../media/playback.ts';
import type { SharedStreams } from '../../../streams/shared-streams.ts';
import type { Peer } from '../../../rtc/peer.ts';
import type { CallLink } from './call-link.ts';

/** Plays the current call's sound, and gives its pictures to the views. */
export class Stage {
  readonly #playback: Pick<Playback, 'play' | 'stop'>;
  readonly #streams: Pick<SharedStreams, 'show'>;
  /** Whose sound plays. */
  #playing: Peer | null = null;

  constructor(playback: Pick<Playback, 'play' | 'stop'>, streams: Pick<SharedStreams, 'show'>) {
    this.#playback = playback;
    this.#streams = streams;
  }

  /** Shows and plays one call, or none. `talking`: it was accepted. Call it again whenever something has changed. */
  present(link: CallLink | null, talking: boolean): void {
    this.#streams.show('local', link?.camera.track ?? null);
    this.#streams.show('remote', talking ? (link?.peer.remoteTrack('camera') ?? null) : null);
    // Before the first packet, so that no sound is missed; but only once there is a track to play.
    const next = talking && link?.peer.remoteTrack('microphone') ? link.peer : null;
    if (next === this.#playing) return;
    this.#playing = next;
    if (next) this.#playback.play(next.remote);
    else this.#playback.stop();
  }
}
