import { CaptureError } from '../../../media/capture-error.ts';
import type { CaptureSource } from '../../../media/open-capture.ts';
import type { CaptureProblem, LocalSource } from '../../../ipc/snapshot.ts';

export type OpenCapture = (source: CaptureSource, signal: AbortSignal) => Promise<MediaStreamTrack>;

interface Options {
  source: CaptureSource;
  /** Opens the device that is to be used now. */
  open: OpenCapture;
  /** Sends this track from now on, or nothing. */
  attach: (track: MediaStreamTrack | null) => void;
  onChange: () => void;
  /** The device went away by itself; another one is being opened. */
  onLost: () => void;
  /** Another device could not be opened: the one before goes on. */
  onKept: () => void;
  /** Aborts when the call ends; nothing stays open then. */
  signal: AbortSignal;
}

/** Milliseconds; a device that goes away sooner than this after it was opened is not tried again. */
const SHORTEST_LIFE = 1_000;

const isForPermission = (problem: CaptureProblem): boolean =>
  problem === 'permission-needed' || problem === 'permission-denied';

/**
 * The microphone or the camera of one call. Turned off, the camera is closed, so that its light goes
 * out; the microphone is silenced and stays open, so that the first word after unmuting is heard.
 */
export class LocalCapture {
  readonly #options: Options;
  #view: LocalSource = { kind: 'off' };
  /** What the person wants. */
  #on = false;
  #track: MediaStreamTrack | null = null;
  /** Ends the listening to the track, because for seconds the browser keeps a stopped track and what listens to it. */
  #watching: AbortController | null = null;
  /** Ends the opening that is under way. */
  #opening: AbortController | null = null;

  constructor(options: Options) {
    this.#options = options;
    options.signal.addEventListener(
      'abort',
      () => {
        this.#drop();
      },
      { once: true },
    );
  }

  get view(): LocalSource {
    return this.#view;
  }

  /** What is captured; null while nothing is. */
  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  turnOn(): void {
    if (this.#options.signal.aborted) return;
    this.#on = true;
    // A camera that is open and gives no picture is opened again.
    if (this.#track?.readyState === 'live' && this.#view.kind !== 'problem') {
      this.#track.enabled = true;
      this.#show({ kind: 'on' });
    } else if (this.#opening) {
      this.#show({ kind: 'starting' });
    } else {
      void this.#open();
    }
  }

  turnOff(): void {
    this.#on = false;
    if (this.#options.source === 'microphone' && this.#track) this.#track.enabled = false;
    else this.#drop();
    this.#show({ kind: 'off' });
  }

  /** Opens the device that is to be used now. The one before is sent until that is open. */
  switchDevice(): void {
    if (this.#opening || this.#track) void this.#open();
  }

  /** Tries again to open what failed: a permission was given, or a device has come. */
  retry(because: 'permission' | 'device'): void {
    if (this.#view.kind !== 'problem') return;
    if (isForPermission(this.#view.problem) === (because === 'permission')) this.turnOn();
  }

  /** Whether frames come from the camera that is open. */
  pictureArrives(does: boolean): void {
    if (!this.#on || this.#opening) return;
    const view = this.#view;
    if (!does && view.kind === 'on') this.#show({ kind: 'problem', problem: 'no-picture' });
    else if (does && view.kind === 'problem' && view.problem === 'no-picture') this.#show({ kind: 'on' });
  }

  async #open(): Promise<void> {
    this.#opening?.abort();
    const opening = new AbortController();
    this.#opening = opening;
    if (this.#on && this.#track?.readyState !== 'live') this.#show({ kind: 'starting' });
    const { source, open, signal } = this.#options;
    try {
      const track = await open(source, AbortSignal.any([signal, opening.signal]));
      this.#opening = null;
      this.#adopt(track);
    } catch (error) {
      // Turned off again, or the call has ended: the state is already right.
      if (signal.aborted || opening.signal.aborted) return;
      this.#opening = null;
      this.#failed(error instanceof CaptureError ? error.problem : 'failed');
    }
  }

  #adopt(track: MediaStreamTrack): void {
    const before = this.#track;
    this.#track = track;
    track.enabled = this.#on;
    const since = performance.now();
    this.#watching?.abort();
    this.#watching = new AbortController();
    // Fires when the device goes away or its permission is taken back, not when this phone stops the track.
    track.addEventListener(
      'ended',
      () => {
        this.#lost(performance.now() - since);
      },
      { signal: this.#watching.signal },
    );
    this.#options.attach(track);
    before?.stop();
    this.#show({ kind: this.#on ? 'on' : 'off' });
  }

  #lost(afterMs: number): void {
    if (afterMs < SHORTEST_LIFE) {
      this.#failed('failed');
      return;
    }
    if (!this.#opening) void this.#open();
    this.#options.onLost();
  }

  #failed(problem: CaptureProblem): void {
    if (this.#track?.readyState === 'live') {
      this.#options.onKept();
      return;
    }
    this.#drop();
    // A muted person is told when it matters to them: when they unmute.
    this.#show(this.#on ? { kind: 'problem', problem } : { kind: 'off' });
  }

  #drop(): void {
    this.#opening?.abort();
    this.#opening = null;
    this.#watching?.abort();
    this.#watching = null;
    const track = this.#track;
    this.#track = null;
    track?.stop();
    if (track && !this.#options.signal.aborted) this.#options.attach(null);
  }

  #show(view: LocalSource): void {
    this.#view = view;
    this.#options.onChange();
  }
}
