import type { CaptureProblem } from '../../ipc/snapshot.ts';
import { CaptureError } from '../../media/capture-error.ts';
import type { CaptureSource } from '../../media/open-capture.ts';

type CaptureState =
  | { kind: 'off' }
  | { kind: 'asking' }
  | { kind: 'on'; track: MediaStreamTrack }
  | { kind: 'problem'; problem: CaptureProblem };

interface Options {
  source: CaptureSource;
  open: (source: CaptureSource, signal: AbortSignal) => Promise<MediaStreamTrack>;
}

/** Opens a microphone or a camera to show that it works. Its owner calls `stop`. */
export class CaptureTest {
  readonly source: CaptureSource;
  #state = $state.raw<CaptureState>({ kind: 'off' });
  readonly #open: Options['open'];
  readonly #scope = new AbortController();

  constructor({ source, open }: Options) {
    this.source = source;
    this.#open = open;
  }

  get state(): CaptureState {
    return this.#state;
  }

  /** Opens the device; the browser asks the person for permission if it has not yet. */
  async start(): Promise<void> {
    if (this.#state.kind === 'asking' || this.#state.kind === 'on') return;
    this.#state = { kind: 'asking' };
    try {
      const track = await this.#open(this.source, this.#scope.signal);
      // The device was unplugged, or the permission was withdrawn.
      track.addEventListener('ended', () => {
        this.#state = { kind: 'off' };
      });
      this.#state = { kind: 'on', track };
    } catch (error) {
      if (this.#scope.signal.aborted) return;
      this.#state = { kind: 'problem', problem: error instanceof CaptureError ? error.problem : 'failed' };
    }
  }

  /** Stops for good and closes the device. */
  stop(): void {
    this.#scope.abort();
    if (this.#state.kind === 'on') this.#state.track.stop();
    this.#state = { kind: 'off' };
  }
}
