import type { CallSources } from '../../../../protocol/calls/call.ts';
import type { Signaling } from '../../connection/signaling.ts';

/**
 * Keeps the server up to date on whether this person's microphone and camera are on in the call, so that both are
 * the same after a hand-over: muted here must be muted there.
 */
export class SourcesReport {
  #told = '';
  #telling: AbortController | null = null;

  /** Call it whenever something may have changed while the call is up. */
  follow(sources: CallSources, signaling: Pick<Signaling, 'request'> | null): void {
    const key = JSON.stringify(sources);
    if (key === this.#told || !signaling) return;
    this.#told = key;
    // Only the latest counts: a server that was away does not need the history.
    this.#telling?.abort();
    this.#telling = new AbortController();
    void signaling.request('call:sources', sources, this.#telling.signal);
  }

  /** The call is over, or the server may have restarted. */
  forget(): void {
    this.#telling?.abort();
    // The controller is not kept, because its abort reason holds the stack of this moment and with it the call's
    // connection.
    this.#telling = null;
    this.#told = '';
  }
}
