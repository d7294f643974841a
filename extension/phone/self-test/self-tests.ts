import type { IceServers } from '../../../protocol/calls/call.ts';
import type { CommandResult, IceReach } from '../../ipc/protocol.ts';
import { probeIceServers } from '../../rtc/probe-ice-servers.ts';
import type { Signaling } from '../connection/signaling.ts';
import { TestCall } from './test-call.ts';

/** Milliseconds that one step of a test call may take to the server. */
const STEP_TIMEOUT = 5_000;

/** The tests of itself that the phone runs when the person asks "Would I ring?". */
export class SelfTests {
  readonly #signaling: () => Signaling | null;
  readonly #relayOnly: () => boolean;
  /** The ICE servers that a call would use now; null: they come with a call. */
  #iceServers: IceServers | null = null;
  #call: TestCall | null = null;

  /** @param signaling null while nobody is signed in. */
  constructor(signaling: () => Signaling | null, relayOnly: () => boolean) {
    this.#signaling = signaling;
    this.#relayOnly = relayOnly;
  }

  /** Listens to a new connection. */
  attach(signaling: Signaling): void {
    signaling.on('session:ready', ({ iceServers }) => {
      this.#iceServers = iceServers;
    });
    signaling.on('call:test', (step) => {
      this.#call?.receive(step);
    });
  }

  /** Calls itself over the server. */
  async call(): Promise<CommandResult> {
    const signaling = this.#signaling();
    if (!signaling?.online) return { ok: false, code: 'server-unreachable' };
    if (this.#call) return { ok: false, code: 'wrong-state' };
    this.#call = new TestCall({
      relayOnly: this.#relayOnly,
      send: async (step) => {
        const taken = await signaling.request('call:test', step, AbortSignal.timeout(STEP_TIMEOUT));
        if (taken.ok && taken.iceServers) this.#iceServers = taken.iceServers;
        return taken;
      },
    });
    try {
      return (await this.#call.run()) ? { ok: true } : { ok: false, code: 'test-call-failed' };
    } finally {
      this.#call = null;
    }
  }

  /** Whether the STUN and TURN servers that calls would use answer. */
  async iceServers(): Promise<CommandResult<{ reach: IceReach }>> {
    const called = this.#iceServers ? null : await this.call();
    const servers = this.#iceServers;
    if (servers) return { ok: true, reach: await probeIceServers(servers) };
    return called?.ok === false ? called : { ok: false, code: 'server-error' };
  }
}
