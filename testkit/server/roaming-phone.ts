import type { CallState } from '../../protocol/calls/call.ts';
import { Phone } from './phone.ts';

/** How soon the phone tries again when no server accepts it, in milliseconds. */
const TRY_AGAIN = 200;

/**
 * A phone that loses its server and comes back as real ones do: when the server told it to, with the call that it
 * holds, which it then resumes.
 */
export class RoamingPhone extends Phone {
  /** How often the server has greeted the phone while it held a call. */
  returns = 0;
  /** What the server said of its call when the phone last came back; null: it has no answer yet. */
  resumed: CallState['state'] | 'refused' | null = null;
  #callId: string | null = null;

  constructor(url: string, token: string) {
    super(url, { token, reconnection: true });
    const { socket } = this;
    const manager = socket.io;
    manager.randomizationFactor(0);
    manager.reconnectionDelayMax(TRY_AGAIN);
    socket.on('server:draining', ({ reconnectIn }: { reconnectIn: number }) => {
      manager.reconnectionDelay(reconnectIn).reconnectionDelayMax(reconnectIn);
    });
    socket.on('connect', () => {
      manager.reconnectionDelay(TRY_AGAIN).reconnectionDelayMax(TRY_AGAIN);
    });
    // Socket.IO's client does not try again by itself after a server that is about to stop has refused it.
    socket.on('connect_error', () => {
      if (!socket.active) setTimeout(() => socket.connect(), TRY_AGAIN);
    });
    socket.on('session:ready', () => {
      if (this.#callId === null) return;
      this.returns += 1;
      // The connection may close meanwhile; the phone then comes back once more, and asks again.
      this.#resume(this.#callId).catch(() => undefined);
    });
    socket.on('disconnect', () => {
      this.resumed = null;
    });
  }

  /** Says that the phone is in this call from now on. */
  hold(callId: string): void {
    this.#callId = callId;
    const { auth } = this.socket;
    if (typeof auth !== 'function') this.socket.auth = { ...auth, callId };
  }

  async #resume(callId: string): Promise<void> {
    const answer = await this.request('call:resume', { callId });
    this.resumed = answer.ok ? answer.state : 'refused';
  }
}
