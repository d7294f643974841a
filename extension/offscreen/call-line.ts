import type { Media } from '../../protocol/call.ts';
import { widen } from '../media/camera-size.ts';
import type { CaptureSource } from '../media/open-capture.ts';
import type { CallView, RemoteMedia } from '../messaging/snapshot.ts';
import { Peer } from '../rtc/peer.ts';
import { LocalCapture, type OpenCapture } from './local-capture.ts';

interface Options {
  side: 'caller' | 'callee';
  openCapture: OpenCapture;
  /** The peer connection was made: whoever listens to it subscribes here. */
  onPeer: (peer: Peer) => void;
  /** What the view shows has changed. */
  onChange: () => void;
}

/**
 * Milliseconds after which a ringing phone makes its answer. Making a connection keeps this thread
 * busy for some; that the phone rings comes first, and nobody accepts that fast.
 */
const PREPARE_AFTER = 40;

/** Milliseconds after connecting when the camera goes to its full size: sound and first picture come before. */
const WIDEN_AFTER = 2_000;

/**
 * What one call holds of this machine: a peer connection, microphone and camera. `release` ends all of
 * it at once, and whatever waits on `signal` with it.
 */
export class CallLine {
  readonly #end = new AbortController();
  readonly signal = this.#end.signal;
  readonly microphone: LocalCapture;
  readonly camera: LocalCapture;
  readonly #options: Options;
  #peer: Peer | null = null;
  #remote: RemoteMedia | null = null;
  #offer: string | null = null;
  #answer: Promise<string> | null = null;
  #widenTimer: ReturnType<typeof setTimeout> | undefined;
  #wide = false;

  constructor(options: Options) {
    this.#options = options;
    this.microphone = this.#capture('microphone');
    this.camera = this.#capture('camera');
  }

  /** The peer connection, made when it is first needed. */
  get peer(): Peer {
    this.#peer ??= this.#connect();
    return this.#peer;
  }

  get view(): Pick<CallView, 'microphone' | 'camera' | 'remote'> {
    return { microphone: this.microphone.view, camera: this.camera.view, remote: this.#remote };
  }

  /** Takes the offer of a call that rings, and makes the answer soon; see `answer`. */
  prepare(offer: string): void {
    this.#offer = offer;
    const timer = setTimeout(() => {
      // Whoever accepts hears of a failure; until then it concerns nobody.
      this.answer().catch(() => undefined);
    }, PREPARE_AFTER);
    this.signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  }

  /** The answer to the offer of `prepare`, made now if it is not there yet. */
  answer(): Promise<string> {
    this.#answer ??= this.peer.prepareAnswer(this.#offer ?? '');
    return this.#answer;
  }

  /** Asks for each source by itself: sound never waits for the camera. */
  openSources(media: Media): void {
    this.microphone.turnOn();
    if (media === 'video') this.camera.turnOn();
  }

  /** Tells the other side directly, where there is a connection to do so. */
  hangUp(): void {
    this.#peer?.hangUp();
  }

  release(): void {
    clearTimeout(this.#widenTimer);
    this.#end.abort();
    this.#peer?.close();
  }

  #connect(): Peer {
    const { side, onPeer, onChange } = this.#options;
    const peer = new Peer({ side });
    peer.on('remoteMedia', (remote) => {
      this.#remote = remote;
      onChange();
    });
    peer.on('connected', () => {
      this.#widenTimer ??= setTimeout(() => {
        this.#wide = true;
        this.#widen(this.camera.track);
      }, WIDEN_AFTER);
    });
    onPeer(peer);
    return peer;
  }

  #capture(source: CaptureSource): LocalCapture {
    return new LocalCapture({
      source,
      open: this.#options.openCapture,
      signal: this.signal,
      attach: (track) => {
        // Fails only when the connection is closed, and then nothing is sent anyway.
        this.peer.setTrack(source, track).catch(() => undefined);
        if (source === 'camera') this.#widen(track);
      },
      onChange: () => {
        this.#sourceChanged();
      },
    });
  }

  #widen(camera: MediaStreamTrack | null): void {
    if (this.#wide && camera) void widen(camera);
  }

  #sourceChanged(): void {
    if (this.signal.aborted) return;
    this.peer.announce({
      microphone: this.microphone.view.kind === 'on',
      camera: this.camera.view.kind === 'on',
      screen: false,
    });
    this.#options.onChange();
  }
}
