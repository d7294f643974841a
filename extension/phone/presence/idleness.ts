import type { Signaling } from '../connection/signaling.ts';

/**
 * Whether nobody uses this device. The worker tells of each change; it is asked
 * at each connection too, because it may have missed one while it slept.
 */
export class Idleness {
  #idle = false;
  /** What the server was told over this connection. */
  #told = false;
  #signaling: Pick<Signaling, 'request'> | null = null;
  #change = new AbortController();
  readonly #query: () => Promise<{ idle: boolean }>;
  readonly #onChange: (idle: boolean) => void;

  constructor(query: () => Promise<{ idle: boolean }>, onChange: (idle: boolean) => void) {
    this.#query = query;
    this.#onChange = onChange;
  }

  /** What a new connection's handshake tells the server. */
  tellInHandshake(): boolean {
    this.#told = this.#idle;
    return this.#idle;
  }

  /** Reports over a new connection. */
  attach(signaling: Pick<Signaling, 'on' | 'request'>): void {
    this.#signaling = signaling;
    signaling.on('session:ready', () => {
      this.#query()
        .then(({ idle }) => {
          this.set(idle);
        })
        // Unknown: the last answer stands.
        .catch(() => undefined);
    });
  }

  set(idle: boolean): void {
    this.#idle = idle;
    this.#onChange(idle);
    if (idle === this.#told) return;
    this.#told = idle;
    // A report that is not answered yet is out of date.
    this.#change.abort();
    this.#change = new AbortController();
    void this.#signaling?.request('presence:idle', { idle }, this.#change.signal);
  }
}
