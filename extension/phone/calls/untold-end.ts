import type { End } from '../../../protocol/calls/call.ts';
import type { Signaling } from '../connection/signaling.ts';

/**
 * The end of a call, until the server has acknowledged it: the call may have ended while the server was away.
 * Handshakes meanwhile carry it, so that the server ends the call as of then. One is enough, because nobody is in a
 * second call before the server knows that the first one is over.
 */
export class UntoldEnd {
  #end: End | undefined;

  get end(): End | undefined {
    return this.#end;
  }

  /** Reports the end as soon as the server is reachable. Keeps it only if the call was connected. */
  tell(end: End, signaling: Pick<Signaling, 'request'> | null): void {
    if (!signaling) return;
    if (end.lasted !== undefined) this.#end = end;
    // Any answer will do: the server knows now, or nobody is signed in here any more.
    void signaling.request('call:end', end).then(() => {
      if (this.#end === end) this.#end = undefined;
    });
  }
}
