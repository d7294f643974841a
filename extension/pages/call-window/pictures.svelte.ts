import type { StreamName } from '../../ipc/protocol.ts';
import { logFailure } from '../../host/log-failure.ts';

/** The phone's two pictures. The page takes each stream once; its tracks change from call to call. */
export class Pictures {
  #local = $state.raw<MediaStream | null>(null);
  #remote = $state.raw<MediaStream | null>(null);
  #taken = false;
  readonly #take: (name: StreamName) => Promise<MediaStream>;

  constructor(take: (name: StreamName) => Promise<MediaStream>) {
    this.#take = take;
  }

  get local(): MediaStream | null {
    return this.#local;
  }

  get remote(): MediaStream | null {
    return this.#remote;
  }

  /** Call it as soon as the phone is there; further calls do nothing. */
  take(): void {
    if (this.#taken) return;
    this.#taken = true;
    void this.#fetch('remote', (stream) => {
      this.#remote = stream;
    });
    void this.#fetch('local', (stream) => {
      this.#local = stream;
    });
  }

  async #fetch(name: StreamName, keep: (stream: MediaStream) => void): Promise<void> {
    try {
      keep(await this.#take(name));
    } catch (error) {
      // The call goes on with sound, and the avatar stays in place of the picture.
      logFailure(`${name} picture`, error);
    }
  }
}
